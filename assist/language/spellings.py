"""Tables of how people type: contractions, chat spellings, lengthened words."""

WORDS: dict[str, tuple[str, ...]] = {
    "'ll": ("will",), "ll": ("will",), "'ve": ("have",), "ve": ("have",),
    "'re": ("are",), "re": ("are",), "'m": ("am",), "m": ("am",), "'s": ("is",), "s": ("is",), "'d": ("would",),
    "d": ("would",), "its": ("it", "is"),
    "cannot": ("can", "not"), "wanna": ("want", "to"), "ta": ("thanks",), "y'": ("you",),
    "gotta": ("got", "to"), "gonna": ("going", "to"), "u": ("you",), "ya": ("you",), "yous": ("you",), "ur": ("your",),
    "r": ("are",), "pls": ("please",), "plz": ("please",), "plss": ("please",), "thx": ("thanks",), "thnx": ("thanks",),
    "tnx": ("thanks",), "ty": ("thank", "you"), "cuz": ("because",), "coz": ("because",), "cos": ("because",),
    "'cause": ("because",), "bc": ("because",), "okay": ("ok",), "okey": ("ok",), "k": ("ok",), "dunno": ("do", "not", "know"),
    "didja": ("did", "you"), "didya": ("did", "you"), "d'you": ("do", "you"), "kinda": ("kind", "of"), "sorta": ("sort", "of"),
    "lemme": ("let", "me"), "gimme": ("give", "me"), "idk": ("i", "do", "not", "know"), "tbh": ("to", "be", "honest"),
    "asap": ("as", "soon", "as", "possible"), "btw": ("by", "the", "way"), "n": ("and",), "b4": ("before",), "2day": ("today",),
    "2moro": ("tomorrow",), "tmrw": ("tomorrow",), "tmr": ("tomorrow",), "tomoz": ("tomorrow",), "tonite": ("tonight",),
    "wk": ("week",), "wks": ("weeks",), "yr": ("year",), "yrs": ("years",), "hr": ("hour",), "hrs": ("hours",), "min": ("minute",),
    "mins": ("minutes",), "w/": ("with",), "w": ("with",), "w/o": ("without",), "acct": ("account",), "acc": ("account",),
    "info": ("information",), "msg": ("message",), "ppl": ("people",), "abt": ("about",), "rn": ("right", "now"),
    "sry": ("sorry",), "soz": ("sorry",), "sozz": ("sorry",), "probs": ("problems",), "cust": ("customer",), "cld": ("could",),
    "shld": ("should",), "wld": ("would",), "hav": ("have",), "hv": ("have",), "wen": ("when",), "wat": ("what",), "wot": ("what",), "dat": ("that",),
    "dis": ("this",), "da": ("the",), "em": ("them",), "'em": ("them",), "imo": ("i", "think"), "ngl": (), "pw": ("password",),
    "pwd": ("password",), "no.": ("number",), "nos": ("numbers",), "e-mail": ("email",), "e-mails": ("emails",), "mail": ("mail",),
    "%": ("percent",), "&": ("and",), "+": ("and",), "@": ("at",), "alright": ("all", "right"), "thru": ("through",),
    "center": ("centre",), "cancelled": ("canceled",), "cancelling": ("canceling",),
}  # fmt: skip

AMBIGUOUS: dict[str, tuple[tuple[str, ...], frozenset[str]]] = {
    # the token: what it may stand for, and the words after it that decide for that
    "ill": (("i", "will"), frozenset()),
    "id": (("i", "would"), frozenset("like love be rather say suggest need recommend have want hate prefer appreciate".split())),
    "well": (("we", "will"), frozenset("get send be have need look call refund make see keep sort do let give take try fix email credit ship".split())),
    "were": (("we", "are"), frozenset("sorry going short aware so very really unable swamped understaffed full closed open out happy trying working looking having doing experiencing currently".split())),
    "your": (("you", "are"), frozenset("wrong mistaken welcome right going being just".split())),
}  # fmt: skip
SICK = frozenset("am is are was were be been feel felt fell taken seriously very too mentally".split())
MODALS = frozenset("should could would must might".split())
SHORT = frozenset("so no to oh hello please very we me he the ok really here".split())
ENDINGS = {"s": "is", "ll": "will", "ve": "have", "re": "are", "m": "am", "d": "would"}
NEGATED = {"ca": "can", "wo": "will", "sha": "shall", "ai": "is"}
BARE_NEGATED = frozenset("do does did ca wo is are was were have has had could would should must need ai might".split())
BARE = {
    bare: contraction
    for contraction in (
        "i'm i've you're you've you'll you'd they're they've they'll we've he's she's that's what's there's here's "
        "it'll it'd that'll who's how's where's let's everyone's someone's y'all"
    ).split()
    for bare in [contraction.replace("'", "")]
}
