"""The formats, one reader a module. A new one is a module here, its line below, and a sample of it in the tests.

What a reader of JSON has: `looks_like(value)`, which is asked of the first value of a file, a part of it maybe; and
`read(values, origin)`. Readers of text are asked of its beginning, those of other files of its first bytes, and both
get the file. The first that says yes is the one.
"""

from types import ModuleType

from assist.transcripts.formats import (
    contact_lens,
    convokit,
    genesys,
    insights,
    intercom,
    livechat,
    parquet,
    plain,
    table,
    turns,
    twilio,
    vcon,
    webvtt,
    whisper,
    zendesk,
    zendesk_chat,
)

JSON: dict[str, ModuleType] = {
    "jsonl": turns,
    "contact-lens": contact_lens,
    "vcon": vcon,
    "genesys": genesys,
    "google-insights": insights,
    "intercom": intercom,
    "livechat": livechat,
    "zendesk-chat": zendesk_chat,
    "twilio": twilio,
    "zendesk": zendesk,
    "whisper": whisper,
    "convokit": convokit,
}
TEXT: dict[str, ModuleType] = {"webvtt": webvtt, "csv": table, "text": plain}
FILES: dict[str, ModuleType] = {"parquet": parquet}
FORMATS = JSON | TEXT | FILES
