"""A real PostgreSQL for tests, started from the machine's package, on a socket in a folder of its own."""

import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LIKELY = Path("/usr/lib/postgresql")


def programs() -> Path | None:
    """The folder with `initdb`, the newest; None where there is none."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    folders = sorted(
        LIKELY.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]) if path.parts[-3].isdigit() else 0
    )
    return folders[-1].parent if folders else None


def lacking() -> str:
    """Why there can be no server here; empty where there can."""
    if programs() is None:
        return "no PostgreSQL on this machine"
    if os.geteuid() == 0 and not (shutil.which("setpriv") and _is_user("postgres")):
        return "PostgreSQL does not run as root, and there is no user postgres to run it as"
    return ""


@contextmanager
def server() -> Iterator[str]:
    """The URL of an empty database; the server and its files go away at the end."""
    found = programs()
    assert found
    with tempfile.TemporaryDirectory(prefix="pg", dir="/tmp") as name:  # a socket's path has to be short
        folder = Path(name)
        drop: list[str] = []
        user = getpass.getuser()
        if os.geteuid() == 0:
            user = "postgres"
            shutil.chown(folder, user)
            drop = ["setpriv", f"--reuid={user}", f"--regid={pwd.getpwnam(user).pw_gid}", "--clear-groups"]
        data = folder / "data"
        _run(*drop, str(found / "initdb"), "-D", str(data), "-A", "trust", "-U", "tester", "--no-sync", cwd=folder)
        control = [*drop, str(found / "pg_ctl"), "-D", str(data), "-l", str(folder / "log"), "-w"]
        _run(*control, "-o", f"-k {folder} -c listen_addresses='' -c fsync=off", "start", cwd=folder)
        try:
            yield f"postgresql://tester@/postgres?host={folder}"
        finally:
            _run(*control, "-m", "immediate", "stop", cwd=folder)


def _run(*command: str, cwd: Path) -> None:
    subprocess.run(command, check=True, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60)


def _is_user(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True
