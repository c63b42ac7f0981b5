"""A public set of intents as plays and labelled queries: `python -m benchmarks.intents SET.csv FOLDER --examples 5`.

SET is CSV with the columns `text` and `label`; what is labelled `oos` belongs to nothing. Of each label as many texts
as asked for, drawn by the seed, are what its play is found by, and its name, in words, is the title. The others, or
those of `--test OTHER.csv`, are the queries. FOLDER then holds `plays/set/*.md` and `queries.jsonl`:

    assist playbooks eval FOLDER/queries.jsonl --playbooks FOLDER/plays
    assist playbooks search --batch FOLDER/queries.jsonl --playbooks FOLDER/plays --format jsonl

`--hide 0.25` leaves out the plays of a quarter of the labels, so that nothing answers their queries.
"""

import argparse
import csv
import json
import random
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

NOTHING = "oos"
Texts = Mapping[str, Sequence[str]]


def read(path: Path) -> Texts:
    """The texts of each label, in the order of the file."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["label"]].append(row["text"].strip())
    return found


def parted(texts: Texts, examples: int, seed: int) -> tuple[Texts, Texts]:
    """What plays are found by, and the rest; all of it where `examples` is 0."""
    dealer = random.Random(seed)
    taught: dict[str, list[str]] = {}
    asked: dict[str, list[str]] = {}
    for label, said in texts.items():
        dealt = dealer.sample(list(said), len(said))
        cut = 0 if label == NOTHING else examples or len(dealt)
        taught[label], asked[label] = dealt[:cut], dealt[cut:]
    return taught, asked


def write(folder: Path, taught: Texts, asked: Texts) -> None:
    """Write the plays and the queries; a label without a play is one that nothing answers."""
    plays = folder / "plays" / "set"
    try:
        plays.mkdir(parents=True)
    except FileExistsError:
        raise SystemExit(f"{plays} is there already; plays of another deal would be mixed in") from None
    for label, said in taught.items():
        if said:
            title = re.sub(r"[\W_]+", " ", label).strip()
            front = yaml.safe_dump({"title": title, "asks": list(said)}, allow_unicode=True, width=10_000)
            (plays / f"{label}.md").write_text(f"---\n{front}---\nThis is the answer to: {title}.\n", encoding="utf-8")
    rows = [(text, label if taught.get(label) else None) for label, said in asked.items() for text in said]
    with (folder / "queries.jsonl").open("w", encoding="utf-8") as file:
        for number, (text, play) in enumerate(rows):
            file.write(json.dumps({"id": f"q{number}", "text": text, "play": play}, ensure_ascii=False) + "\n")


def main() -> None:
    """Read the set, deal it out, write it."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("set", type=Path)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--test", type=Path, help="queries from another file, instead of what is left of the set")
    arguments.add_argument("--examples", type=int, default=0, help="texts a play is found by [default: all]")
    arguments.add_argument("--hide", type=float, default=0.0, help="share of the labels that get no play")
    arguments.add_argument("--seed", type=int, default=0)
    given = arguments.parse_args()
    taught, asked = parted(read(given.set), given.examples, given.seed)
    if given.test:
        asked = read(given.test)
    labels = sorted(label for label in taught if label != NOTHING)
    hidden = random.Random(given.seed).sample(labels, round(given.hide * len(labels)))
    write(given.folder, {label: said for label, said in taught.items() if label not in hidden}, asked)


if __name__ == "__main__":
    main()
