"""Plays in files: what is wrong is pointed at, answers are filled, and what ships is as it should be."""

import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist import AssistError, DataError
from assist.data import shipped
from assist.playbooks import CONDITIONS, SLOTS, Answer, Blank, files_under, load, load_play
from assist.playbooks.schema import schema
from assist.yamlfile import YamlFile
from tests.plays import PLAY, play

INDUSTRIES = sorted(path.name for path in shipped("playbooks").iterdir() if path.is_dir())


def broken(folder: Path, text: str) -> str:
    """The one line that a play with this text is refused with, without the folder."""
    with pytest.raises(DataError) as raised:
        load_play(play(folder, "late", text))
    assert len(str(raised.value).splitlines()) == 1
    return str(raised.value).removeprefix(f"{folder}/")


def test_a_play_as_the_manual_has_it_is_read(tmp_path: Path) -> None:
    """Its id is the name of the file, its industry that of the folder."""
    read = load_play(play(tmp_path / "shop", "late"))
    assert (read.id, read.industry, read.title) == ("late", "shop", "The parcel is late")
    assert read.asks == ("where is my parcel", "My delivery hasn't come.")
    assert read.text == "Hi there, I'm tracing {order number?} right now.\n\nYou'll hear from me by {by when?}."


def test_a_play_may_name_its_industry_and_all_the_rest(tmp_path: Path) -> None:
    more = (
        "steps: [Trace it.]\nquestions: [Could you tell me the street?]\n"
        "compensation: [{offer: A voucher, limit: up to £10}]\nindustry: food\nchannel: [chat, email]\n"
        "owner: Deliveries\nreview: 2027-01-31\n"
    )
    sheet = load_play(play(tmp_path / "shop", "late", PLAY.replace("slots:", f"{more}slots:"))).sheet
    assert (sheet.industry, sheet.channel, sheet.review) == ("food", ("chat", "email"), date(2027, 1, 31))
    assert (sheet.compensation[0].offer, sheet.compensation[0].limit) == ("A voucher", "up to £10")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("title:", "titel:", "late.md:2: unknown field 'titel'; did you mean 'title'?"),
        ("title: The parcel is late\n", "", "late.md:2: 'title' is missing"),
        ("asks:\n  - where is my parcel\n  - My delivery hasn't come.\n", "", "late.md:2: 'asks' is missing"),
        ("asks:\n  - where is my parcel\n  - My delivery hasn't come.\n", "asks: []\n", "late.md:3: 'asks': "),
        ("  - where is my parcel\n", "  - ''\n", "late.md:4: 'asks': "),
        ("slots:", "title: Twice\nslots:", "late.md:6: 'title' stands here twice"),
        ("slots:", "channel: [chat, emial]\nslots:", "late.md:6: 'channel': input should be"),
        ("slots:", "review: 31.1.2027\nslots:", "late.md:6: 'review': write the date as 2027-01-31"),
        ("slots:", "review: 2027-02-30\nslots:", "late.md:6: 'review': write the date as 2027-01-31"),
        ("slots:", "compensation: [{offer: A cake}]\nslots:", "late.md:6: 'limit' is missing"),
        ("slots:", "compensation: [{ofer: A cake}]\nslots:", "late.md:6: unknown field 'ofer'; did you mean 'offer'?"),
        ("  by: by when?", "  by: by when", "late.md:7: 'by': "),
        ("  by: by when?", "  By: by when?", "late.md:7: 'By': "),
        ("  by: by when?", "  by: by when?\n  name: who?", "late.md:8: 'name' is filled from the conversation"),
        ("  by: by when?", "  by: by when?\n  upset: how?", "late.md:8: 'upset' is filled from the conversation"),
        ("  by: by when?", "  by: by when?\n  sku: which?", "late.md:8: the answer does not use the slot 'sku'"),
        ("{{ by }}", "{{ buy }}", "late.md:11: unknown slot 'buy'; did you mean 'by'?"),
        ("{{ order_number }}", "{{ ordernumber }}", "late.md:9: unknown slot 'ordernumber'; did you mean 'order_num"),
        ("{{ by }}", "{{ zzz }}", "late.md:11: unknown slot 'zzz'; name it under 'slots'"),
        ("{% if complaint", "{% if complaining", "late.md:9: unknown slot 'complaining'; did you mean 'complaint'?"),
        ("{% endif %}", "", "late.md:11: not a template: "),
        ("{{ by }}", "{{ by", "late.md:11: not a template: "),
        ("---\ntitle", "title", "late.md:1: a play begins with a line ---, then title and asks"),
        ("---\nHi", "Hi", "late.md:1: the front matter has no end; put a line --- after it"),
        ("where is my parcel", "&a where", "late.md:4: YAML anchors and aliases are refused"),
        ("title: The", "title: !!python/name:os.system The", "late.md:2: the YAML tag"),
        ("You'll", "x" * 20_001, "late.md:9: an answer of more than 20000 characters"),
    ],
)
def test_an_error_says_where_and_what_is_nearest(tmp_path: Path, old: str, new: str, problem: str) -> None:
    """File, line as an editor counts it, what is wrong, and the nearest right thing."""
    assert old in PLAY
    assert broken(tmp_path, PLAY.replace(old, new, 1)).startswith(problem)


@pytest.mark.parametrize("text", ["", "---\n---\n", "---\n- a\n---\nb", "---\n{\n---\nb", "---\n\x00\n---\n", "\ufeff"])
def test_what_is_no_play_is_refused_in_a_line(tmp_path: Path, text: str) -> None:
    assert broken(tmp_path, text).startswith("late.md:")


@pytest.mark.parametrize(
    "text", ["\ufeff" + PLAY, PLAY.replace("\n", "\r\n"), PLAY.replace("---\n", "--- \n")], ids=["bom", "crlf", "space"]
)
def test_what_editors_add_does_no_harm(tmp_path: Path, text: str) -> None:
    (tmp_path / "late.md").write_bytes(text.encode())
    assert load_play(tmp_path / "late.md").text.endswith("by {by when?}.")


def test_a_line_of_dashes_in_the_answer_is_part_of_it(tmp_path: Path) -> None:
    assert load_play(play(tmp_path, "late", PLAY + "---\nBest wishes")).text.endswith("\n---\nBest wishes")


def test_two_plays_of_one_id_are_refused_wherever_they_are(tmp_path: Path) -> None:
    first, second = play(tmp_path / "food", "late"), play(tmp_path / "shop", "late")
    with pytest.raises(DataError) as raised:
        load([first, second])
    assert str(raised.value) == f"{second}: there is a play 'late' already, in {first}; rename the file"


def test_readme_files_are_no_plays(tmp_path: Path) -> None:
    late = play(tmp_path / "shop", "late")
    play(tmp_path / "shop", "README", "# How we write")
    (tmp_path / "shop" / "notes.txt").write_text("none")
    assert list(files_under(tmp_path)) == [late]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(AssistError, match="nowhere: no such folder of plays"):
        list(files_under(tmp_path / "nowhere"))


@pytest.mark.parametrize(
    "body",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ name.__init__.__globals__ }}",
        "{{ name|attr('__class__') }}",
        "{{ name | upper }}",
        "{{ lipsum() }}",
        "{{ range(999999999) }}",
        "{{ 9 ** 999999 }}",
        "{{ 'a' * 999999999 }}",
        "{{ 7 }}",
        "{{ [name] }}",
        "{{ {'a': name} }}",
        "{{ name ~ name }}",
        "{{ name[0] }}",
        "{{ self }}",
        "{% for x in name %}x{% endfor %}",
        "{% set name = 'x' %}",
        "{% macro f() %}{% endmacro %}",
        "{% call f() %}{% endcall %}",
        "{% include '/etc/passwd' %}",
        "{% import 'x' as y %}",
        "{% extends 'x' %}",
        "{% block x %}{% endblock %}",
        "{% filter upper %}x{% endfilter %}",
        "{% with x = 1 %}{% endwith %}",
        "{% autoescape true %}x{% endautoescape %}",
        "{% if name == 'Sam' %}x{% endif %}",
        "{% if name is defined %}x{% endif %}",
        "{% debug %}",
        pytest.param("{{ " + "1" * 5_000 + " }}", id="a number of 5,000 digits"),
        pytest.param("{{ " + "(" * 3_000 + "name" + ")" * 3_000 + " }}", id="3,000 brackets"),
        pytest.param("{{ " + "not " * 300 + "name }}", id="300 times not"),
        pytest.param("{{ " + "name or " * 2_000 + "name }}", id="2,000 times or"),
        pytest.param("{% if upset %}" * 150 + "x" + "{% endif %}" * 150, id="150 conditions"),
    ],
)
def test_an_answer_has_slots_and_conditions_and_nothing_else(tmp_path: Path, body: str) -> None:
    """What could loop, call, or reach further is refused, with its line, before anything of it runs."""
    slots = "slots:\n  self: who?\n" if "self" in body else ""
    told = broken(tmp_path, f"---\ntitle: a\nasks: [a]\n{slots}---\nHello.\n{body}\n")
    assert told.startswith("late.md:")
    assert int(told.split(":")[1]) >= 5


def test_a_line_of_spaces_without_end_is_filled_at_once() -> None:
    assert Answer("a\n" + " " * 19_000 + "b", {}).fill({}).endswith("b")


class TestFill:
    """What an answer says."""

    ANSWER = Answer(
        'Hi {{ name or "there" }}, {% if upset %}I hear you. {% elif greeted %}Hello again. {% else %}Welcome. '
        "{% endif %}{{ order_number }} comes by {{ by }}.",
        {"by": "by when?"},
    )

    def test_slots_are_filled_and_the_rest_stands_as_blanks(self) -> None:
        assert self.ANSWER.fill({}) == "Hi there, Welcome. {order number?} comes by {by when?}."
        filled = self.ANSWER.fill({"name": "Jo", "order_number": "AB-1", "by": "noon"})
        assert filled == "Hi Jo, Welcome. AB-1 comes by noon."

    @pytest.mark.parametrize(
        ("hold", "words"),
        [({"upset"}, "I hear you."), ({"greeted"}, "Hello again."), (set(), "Welcome."), ({"complaint"}, "Welcome.")],
    )
    def test_conditions_choose_the_words(self, hold: set[str], words: str) -> None:
        assert self.ANSWER.fill({}, hold) == f"Hi there, {words} {{order number?}} comes by {{by when?}}."

    def test_a_slot_that_nothing_fills_is_false(self) -> None:
        """`{% if item %}` and `{{ item or … }}` ask whether the conversation told it."""
        answer = Answer('{% if item %}Your {{ item }}{% else %}It{% endif %} and {{ date or amount or "so" }}.', {})
        assert answer.fill({}) == "It and so."
        assert answer.fill({"item": "kettle", "amount": "£3"}) == "Your kettle and £3."
        assert not Blank("{item?}")

    @pytest.mark.parametrize(
        ("body", "calm", "upset"),
        [
            ('{{ "I am so sorry." if upset }} Hello.', "Hello.", "I am so sorry. Hello."),
            ('{{ upset and "So sorry." }} Hello.', "Hello.", "So sorry. Hello."),
            ('{{ "Sorry." if upset else "Hello." }}', "Hello.", "Sorry."),
            ("{{ upset }}.", ".", "."),
        ],
    )
    def test_a_condition_is_never_printed(self, body: str, calm: str, upset: str) -> None:
        assert (Answer(body, {}).fill({}), Answer(body, {}).fill({}, {"upset"})) == (calm, upset)

    @pytest.mark.parametrize("told", ["{{ 7 * 7 }}", "{% if upset %}", "{# no #}", "<b>&amp;</b>", "{by when?}", "%s"])
    def test_what_customers_wrote_is_never_read_as_a_template(self, told: str) -> None:
        assert Answer("Hi {{ name }}.", {}).fill({"name": told}) == f"Hi {told}."

    def test_gaps_that_conditions_leave_are_closed(self) -> None:
        answer = Answer("a {% if upset %}b{% endif %} c \n\n{% if upset %}d{% endif %}\n\n\ne\n- f", {})
        assert answer.fill({}) == "a c\n\ne\n- f"

    @given(
        values=st.dictionaries(
            st.sampled_from([*SLOTS, "by"]), st.text(st.characters(codec="utf-8", exclude_characters="{}"), max_size=30)
        ),
        hold=st.sets(st.sampled_from(CONDITIONS)),
        parts=st.lists(
            st.sampled_from(
                [
                    "Hello. ",
                    "\n\n",
                    "{{ name }} ",
                    "{{ by }} ",
                    '{{ item or "it" }} ',
                    "{{ date or by }} ",
                    '{{ "sorry" if upset }} ',
                    "{% if greeted and not upset %}a{% elif name %}{{ name }}{% endif %} ",
                ]
            ),
            max_size=8,
        ),
    )
    def test_filling_never_fails_and_leaves_no_template(
        self, values: dict[str, str], hold: set[str], parts: list[str]
    ) -> None:
        """Whatever the conversation told, what comes out are words and blanks."""
        answer = Answer("".join(parts), {"by": "by when?"})
        assert answer.problem is None
        filled = answer.fill(values, hold)
        assert "{{" not in filled
        assert "{%" not in filled
        assert "\n\n\n" not in filled

    @given(st.text(max_size=60))
    def test_any_text_is_a_template_or_has_a_problem(self, body: str) -> None:
        answer = Answer(body, {})
        if answer.problem is None:
            answer.fill({})


class TestShipped:
    """The plays that come with assist."""

    @pytest.mark.parametrize("industry", INDUSTRIES)
    def test_every_industry_has_plays_that_load(self, industry: str) -> None:
        """The JSON Schema accepts them too, and none is past its review before it ships."""
        plays = load(files_under(shipped("playbooks") / industry))
        assert len(plays) >= (20 if industry == "general" else 15)
        validator = jsonschema.Draft202012Validator(json.loads(json.dumps(schema())))
        for one in plays:
            front = one.path.read_text(encoding="utf-8").split("\n---\n")[0].removeprefix("---\n")
            validator.validate(YamlFile(one.path, front).data)
            assert one.industry == industry
            assert one.text

    def test_no_two_have_one_id(self) -> None:
        assert len(load(files_under(shipped("playbooks")))) >= 150

    @pytest.mark.parametrize(
        "wrong", [{"title": "a"}, {"title": "a", "asks": []}, {"title": "a", "asks": ["b"], "stpes": ["c"]}]
    )
    def test_the_schema_refuses_what_loading_refuses(self, wrong: dict[str, object]) -> None:
        assert not jsonschema.Draft202012Validator(schema()).is_valid(wrong)
