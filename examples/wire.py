"""Connects a chat tool to `assist app --inbox IN --outbox OUT`: put your tool's calls where it reads and prints."""

import json
import sys
import threading
import time
from pathlib import Path

inbox, outbox = map(Path, sys.argv[1:3])


def hand_over_replies() -> None:
    """Print what the agent sends, one reply after the other, from those that come from now on."""
    with outbox.open("a+", encoding="utf-8") as replies:
        while True:
            if line := replies.readline():
                reply = json.loads(line)
                print(reply["conversation"], reply["text"], sep="\t", flush=True)
            else:
                time.sleep(0.1)


threading.Thread(target=hand_over_replies, daemon=True).start()
with inbox.open("a", encoding="utf-8") as messages:
    for message in sys.stdin:  # CONVERSATION, a tab, and what the customer says
        conversation, _, text = message.rstrip("\n").partition("\t")
        turn = {"conversation": conversation, "role": "customer", "text": text, "at": time.time()}
        print(json.dumps(turn), file=messages, flush=True)
