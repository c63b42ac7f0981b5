"""The words in which people ask for figures: what each figure is called, and what is said around it."""

from collections.abc import Mapping
from functools import cache
from typing import Literal

from Stemmer import Stemmer

from assist.audit.figures import Split

Order = Literal["most", "least", "best", "worst", ""]

NAMES: Mapping[str, str] = {
    "contacts": "conversation | contact | ticket | busy | volume | customer write",
    "resolution": "solve | resolve | resolution | fix",
    "first-contact-resolution": "first contact resolution | first contact | first time | fcr | solve first contact"
    " | resolve first contact | solve first time | resolve first time",
    "escalations": "escalate | escalation | escalate manager | go manager | get manager",
    "transfers": "transfer | pass on | hand over | hand on | pass customer",
    "repeat-contacts": "come back | repeat | repeat contact | write again | contact again | repeat customer",
    "first-response-median": "fast | quick | slow | speed | wait | long wait | first reply | first response"
    " | first response time | fast answer | quick answer | slow answer | answer time | first answer | wait first reply"
    " | wait answer | wait first answer | fast reply | quick reply | slow reply | long first reply | fast first reply"
    " | long first answer | fast respond | quick respond | wait reply | long answer | long reply"
    " | long wait first reply | long wait first answer | long wait reply | long wait answer",
    "first-response-in-time": "in time | within limit | answer in time | reply in time | first reply within limit"
    " | answer within limit | 30 second | answer within 30 second | first reply in time | answer on time",
    "response-median": "response time | reply time | each reply | wait each reply | fast each reply",
    "resolution-time-median": "resolution time | long solve | long resolve | fast solve | quick solve | slow solve"
    " | time solve | long solution | long fix | fast resolve | long sort out",
    "complaints": "complain | complaint",
    "apologies": "apologise | apologize | apology | sorry | say sorry | apologise due | apology due",
    "apologies-at-once": "apologise first reply | apologise at once | apologise straight away | sorry first reply"
    " | say sorry first reply | sorry at once | say sorry at once | apology first reply | apologize at once"
    " | apologise right away",
    "apologies-taken-up": "apology accept | apology take up | accept apology | apology land",
    "dypii-first": "obvious question | plug | obvious question first | obvious question before sorry",
    "won-back": "win back | won back | calm down | turn around | win back customer | win back upset customer"
    " | calm upset customer",
    "told-twice": "tell twice | told twice | ask twice | repeat themselves | say twice",
    "timelines": "timeline | say when | give timeline | say by when",
    "promises": "promise | make promise | promise make",
    "promises-timed": "promise time | promise by when | promise timed | promise with time",
    "promises-kept": "keep promise | promise kept | kept promise | keep word",
    "promises-open": "promise open | open promise | promise left open",
    "promises-overdue": "promise overdue | overdue | promise late | break promise | broken promise | miss promise",
    "remedies": "remedy | refund | voucher | give away | compensation | offer refund | give refund | offer remedy"
    " | offer voucher | give voucher",
    "unanswered": "unanswered | leave unanswered | left unanswered | ignore | question unanswered | question ignore"
    " | question left unanswered | request unanswered | request left unanswered",
    "praise": "praise | do well | done well | good at | well",
    "clean-replies": "clean reply | clean | good reply | reply as they are | fine reply",
    "findings": "finding | mistake | wrong | get wrong | go wrong | make mistake | could be better",
    "findings-by-rule": "rule | finding rule | rule break | rule broken",
    "csat": "satisfied | csat | happy | satisfaction | happy customer | satisfied customer | customer satisfaction",
    "rating": "rating | rate | star | mean rating | average rating",
}
"""What a figure is called; the words of an alternative may stand anywhere in the question."""

SPLITS: Mapping[str, Split] = {
    "who": "agent", "agent": "agent", "colleague": "agent", "team": "team", "department": "team", "week": "week",
    "weekly": "week", "trend": "week", "medium": "medium", "channel": "medium", "topic": "topic", "subject": "topic",
    "everybody": "agent", "everyone": "agent",
}  # fmt: skip

ORDERS: Mapping[str, tuple[Order, str]] = {
    "most": ("most", ""), "more": ("most", ""), "highest": ("most", ""), "commonest": ("most", ""),
    "biggest": ("most", ""), "least": ("least", ""), "fewest": ("least", ""), "lowest": ("least", ""),
    "less": ("least", ""), "seldom": ("least", ""), "rarely": ("least", ""), "best": ("best", ""),
    "worst": ("worst", ""), "fastest": ("least", "fast"), "quickest": ("least", "quick"), "slowest": ("most", "slow"),
    "longest": ("most", "long"), "shortest": ("least", "long"), "busiest": ("most", "busy"),
    "happiest": ("best", "happy"),
}  # fmt: skip
"""Words that put groups in an order; some name the figure as well."""

CHANGES = frozenset("change changed changes different improve improved improving better worse compare compared".split())

MEDIA: Mapping[str, str] = {
    "chat": "chat", "chats": "chat", "mail": "mail", "email": "mail", "e-mail": "mail", "mails": "mail",
    "emails": "mail", "phone": "voice", "calls": "voice", "voice": "voice", "telephone": "voice",
}  # fmt: skip

STOP = frozenset(
    "a about after ago all an and any anything are as ask asked asks at average been by can case cases come comes "
    "conversation conversations could customer customers did do does down during each every everything figure "
    "figures for from get getting give given go got had handled has have how i in into is it its just made make "
    "makes many me mean much my number of often on one our ours out over people per percentage please rate "
    "replied replies reply said say says share show since so something take takes tell that the their them there "
    "these they thing things this times to took up us use was we well were what where which with you your yours".split()
)  # fmt: skip
"""Words that ask, or stand between others, and change nothing."""


@cache
def stem(word: str) -> str:
    """The word without its ending."""
    return str(Stemmer("english").stemWord(word))


@cache
def alternatives() -> tuple[tuple[frozenset[str], str], ...]:
    """Every way to name a figure: the stems of its words, and its id; those of the most words first."""
    found = [
        (frozenset(stem(word) for word in words.split()), name)
        for name, ways in NAMES.items()
        for words in ways.split("|")
    ]
    return tuple(sorted(found, key=lambda one: -len(one[0])))


@cache
def known() -> frozenset[str]:
    """Every word that is understood, as people write it."""
    of_figures = {word for ways in NAMES.values() for word in ways.replace("|", " ").split()}
    return frozenset({*of_figures, *SPLITS, *ORDERS, *CHANGES, *MEDIA, *STOP})
