"""Packs of a lexicon written for a test, as an author would write them."""

from collections.abc import Mapping
from pathlib import Path

SHEET = "title: House\nabout: Ours.\nlanguage: en\n"
ENTRY = """\
entries:
  - id: says-guys
    category: dismissive
    phrases: ["{hey|hi} guys"]
    why: Not everybody is a guy.
    instead: ["Hello everyone,", "Hello all,"]
    examples:
      flags: ["Hey guys, the tickets are in."]
      passes: ["Hello all, the tickets are in."]
"""


def pack(folder: Path, files: Mapping[str, str] | None = None, *, sheet: str = SHEET) -> Path:
    """A pack in this folder: its sheet, and files by name."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pack.yaml").write_text(sheet, encoding="utf-8")
    for name, text in (files if files is not None else {"tone.yaml": ENTRY}).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


SMALL = """\
entries:
  - id: company-policy
    category: policy-wall
    phrases: ["{it is|that is} our policy"]
    why: A policy is the company's reason, not the customer's.
    source: policy
    instead: ["Here's what I can do: {what you can offer?}.", "Let me see what I can do."]
    examples:
      flags: ["Sorry, it's our policy."]
      passes: ["Our policy covers that."]
  - id: you-need-to
    category: command
    phrases: ["you {need|have} to <thing>"]
    replace: clause
    why: An order makes the customer work for us.
    instead: ["Could you <thing>?", "Would you mind helping me with one thing?"]
    examples:
      flags: ["You need to call us."]
      passes: ["We need to call you."]
  - id: broken
    kind: act
    act: reports-failure
    by: customer
    phrases: ["{broken|dead}", "not working"]
    why: It does not work.
    examples: {flags: ["my kettle is broken"], passes: ["my kettle is blue"]}
  - id: says-sorry
    kind: act
    act: sincere-apology
    by: agent
    phrases: ["i am [so] sorry about …"]
    praise: Says sorry like a person.
    why: A sincere apology is what an upset customer wants to hear.
    examples: {flags: ["I'm so sorry about that."], passes: ["Sorry if that is so."]}
  - id: says-hello
    kind: act
    act: greets
    by: agent
    phrases: ["^ {hi|hello|dear} …1"]
    why: It is kind.
    examples: {flags: ["Hi Dana,"], passes: ["Bye."]}
  - id: missing-apology
    kind: check
    category: missing-apology
    why: Nobody has said sorry.
    instead: ["I'm so sorry about this."]
    examples:
      flags: [{conversation: ["customer: my kettle is broken"], draft: "Hello."}]
      passes: [{conversation: ["customer: my kettle is blue"], draft: "Hello."}]
  - id: placeholder
    kind: check
    category: placeholder
    why: A blank tells the customer that a machine is talking.
    examples: {flags: ["Hi {{name}}"], passes: ["Hi Dana"]}
"""
"""A whole lexicon in one file: small enough to read, so that what a command prints can be known by heart."""
