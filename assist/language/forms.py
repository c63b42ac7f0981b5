"""The forms of an English word: send, sends, sent, sending."""

from functools import cache

_IRREGULAR = {
    "be": "am is are was were been being", "have": "has had having", "do": "does did done doing", "go": "goes went gone going",
    "get": "gets got gotten getting", "give": "gives gave given giving", "take": "takes took taken taking", "make": "makes made making",
    "send": "sends sent sending", "tell": "tells told telling", "say": "says said saying", "see": "sees saw seen seeing",
    "know": "knows knew known knowing", "think": "thinks thought thinking", "find": "finds found finding", "come": "comes came coming",
    "keep": "keeps kept keeping", "let": "lets letting", "put": "puts putting", "set": "sets setting", "read": "reads reading",
    "write": "writes wrote written writing", "pay": "pays paid paying", "buy": "buys bought buying", "bring": "brings brought bringing",
    "leave": "leaves left leaving", "lose": "loses lost losing", "hold": "holds held holding", "hear": "hears heard hearing",
    "feel": "feels felt feeling", "mean": "means meant meaning", "meet": "meets met meeting", "run": "runs ran running",
    "begin": "begins began begun beginning", "break": "breaks broke broken breaking", "choose": "chooses chose chosen choosing",
    "forget": "forgets forgot forgotten forgetting", "understand": "understands understood understanding", "stand": "stands stood standing",
    "speak": "speaks spoke spoken speaking", "sit": "sits sat sitting", "show": "shows showed shown showing", "shut": "shuts shutting",
    "cut": "cuts cutting", "hit": "hits hitting", "cost": "costs costing", "spend": "spends spent spending", "sell": "sells sold selling",
    "build": "builds built building", "lend": "lends lent lending", "catch": "catches caught catching", "teach": "teaches taught teaching",
    "fall": "falls fell fallen falling", "eat": "eats ate eaten eating", "drink": "drinks drank drunk drinking", "drive": "drives drove driven driving",
    "ring": "rings rang rung ringing", "throw": "throws threw thrown throwing", "grow": "grows grew grown growing", "draw": "draws drew drawn drawing",
    "wear": "wears wore worn wearing", "tear": "tears tore torn tearing", "bear": "bears bore borne bearing", "swear": "swears swore sworn swearing",
    "wake": "wakes woke woken waking", "win": "wins won winning", "fight": "fights fought fighting", "bend": "bends bent bending",
    "blow": "blows blew blown blowing", "fly": "flies flew flown flying", "hide": "hides hid hidden hiding", "hang": "hangs hung hanging",
    "stick": "sticks stuck sticking", "strike": "strikes struck striking", "freeze": "freezes froze frozen freezing", "steal": "steals stole stolen stealing",
    "shake": "shakes shook shaken shaking", "sleep": "sleeps slept sleeping", "wind": "winds wound winding", "lie": "lies lay lain lying",
    "lay": "lays laid laying", "quit": "quits quitting", "burn": "burns burned burnt burning", "learn": "learns learned learnt learning",
    "spell": "spells spelled spelt spelling", "reset": "resets resetting", "input": "inputs inputting", "mistake": "mistakes mistook mistaken mistaking",
    "misread": "misreads misreading", "mishear": "mishears misheard mishearing", "misunderstand": "misunderstands misunderstood misunderstanding",
    "overlook": "overlooks overlooked overlooking", "undo": "undoes undid undone undoing", "redo": "redoes redid redone redoing",
    "person": "people", "child": "children", "man": "men", "woman": "women", "foot": "feet", "half": "halves", "shelf": "shelves",
    "log": "logs logged logging", "plug": "plugs plugged plugging", "unplug": "unplugs unplugged unplugging", "tap": "taps tapped tapping",
    "tick": "ticks ticked ticking", "swap": "swaps swapped swapping", "refer": "refers referred referring", "transfer": "transfers transferred transferring",
    "permit": "permits permitted permitting", "admit": "admits admitted admitting", "cancel": "cancels canceled canceling", "travel": "travels traveled travelled traveling travelling",
    "commit": "commits committed committing", "submit": "submits submitted submitting", "regret": "regrets regretted regretting", "prefer": "prefers preferred preferring",
    "occur": "occurs occurred occurring", "omit": "omits omitted omitting", "flip": "flips flipped flipping", "drop": "drops dropped dropping",
    "apologize": "apologizes apologized apologizing", "check": "checks checked checking", "focus": "focuses focused focusing",
}  # fmt: skip
_VOWELS = frozenset("aeiou")
_NO_DOUBLE = frozenset("wxyhqkc")


@cache
def forms(word: str) -> frozenset[str]:
    """Every form of a verb or noun given in its base form, the base form among them."""
    if word in _IRREGULAR:
        return frozenset({word, *_IRREGULAR[word].split()})
    return frozenset({word, _with_s(word), *_with_ed_and_ing(word)})


def _with_s(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh", "o")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + "s"


def _with_ed_and_ing(word: str) -> tuple[str, ...]:
    if word.endswith("e"):
        stem = word if word.endswith(("ee", "ye", "oe")) else word[:-1]
        return word + "d", stem + "ing"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ied", word + "ing"
    if _doubles(word):
        return word + word[-1] + "ed", word + word[-1] + "ing"
    return word + "ed", word + "ing"


def _doubles(word: str) -> bool:
    """Whether a short verb doubles its last letter: stop, stopped."""
    vowels = sum(letter in _VOWELS for letter in word)
    return (
        len(word) > 2 and vowels == 1 and word[-2] in _VOWELS and word[-1] not in _VOWELS and word[-1] not in _NO_DOUBLE
    )
