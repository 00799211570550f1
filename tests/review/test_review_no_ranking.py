"""No ranking and no score of a State, anywhere, ever.

The source is read for words and orders that would make one, and the pages are asked: whatever
States answered, a list of them stands in the order of their names.
"""

from __future__ import annotations

import ast
import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from marsad.directory.models import Person
from marsad.directory.types import OPERATOR
from marsad.library.loading import load_reference_data
from marsad.review.models import Round
from marsad.review.queries import figure as figures
from marsad.review.queries import finding as findings
from marsad.review.queries import needs
from marsad.review.types.figure import Query
from tests.review import rounds
from tests.review.rounds import LAW, LAW_EFFECT, LAW_HELP, MORNING, SHELTER

ROOT = Path(__file__).resolve().parents[2] / "marsad"
ROOMS = [ROOT / "review", ROOT / "library"]
#: Words that a ranking is made of. A rank of search results is of passages and never of States.
FORBIDDEN = re.compile(
    r"(?<![a-z])(scores?|scoring|scored|ranks?|ranked|ranking|league|leaderboards?|top_states|"
    r"best_states|worst|laggards?|compliance_rate|performance_of)(?![a-z])",
    re.IGNORECASE,
)
#: Where such a word may stand: it is said that nobody is ranked; a kind of question has that name;
#: PostgreSQL tells how well an answer fits the words that somebody looks for.
ALLOWED = re.compile(
    r"nobody is ranked|none is ranked|unranked|never a score|ranks no State|nor ranks them|"
    r"will not be used to compare or to rank|\"rank\"|ts_rank_cd|rank = RawSQL|\(rank\.desc\(\), ",
    re.IGNORECASE,
)
ARABIC = re.compile(
    r"ترتيب الدول بحسب|أفضل الدول(?!ي)|أسوأ الدول(?!ي)|درجة الدولة|نقاط الدولة|تصنيف الدول(?!ي)"
)


def sources(*suffixes: str) -> Iterator[tuple[Path, str]]:
    """Every file of the room that a reader may meet."""
    for path in sorted((ROOT / "review").rglob("*")):
        if path.suffix in suffixes and "migrations" not in path.parts:
            yield path, path.read_text(encoding="utf-8")


def test_no_word_of_the_room_ranks_or_scores() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path, text in sources(".py", ".html", ".js", ".toml", ".typ", ".css")
        for line in text.splitlines()
        if FORBIDDEN.search(line) and not ALLOWED.search(line)
    ]
    assert found == []


def test_no_arabic_of_the_room_ranks_or_scores() -> None:
    catalogue = (ROOT / "locale" / "ar" / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    texts = [text for _path, text in sources(".py", ".html", ".toml", ".typ")]
    assert [found for text in (catalogue, *texts) for found in ARABIC.findall(text)] == []


#: Names of what is counted: an order by one of these is an order by answers.
COUNTS = {"n", "of", "count", "answered", "gaps", "asking", "total", "share", "missing", "done"}


def _ordered_by(call: ast.Call) -> set[str]:
    """The names that an ordering looks at: `order_by("-n")`, `sorted(…, key=lambda x: x.n)`."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name == "order_by":
        given = [each for each in call.args if isinstance(each, ast.Constant)]
        return {str(each.value).lstrip("-").rpartition("__")[2] for each in given}
    if name not in ("sorted", "sort", "nlargest", "nsmallest", "most_common", "max", "min"):
        return set()
    if name == "most_common":
        return {"count"}
    keys = [word.value for word in call.keywords if word.arg == "key"]
    return {node.attr for key in keys for node in ast.walk(key) if isinstance(node, ast.Attribute)}


def test_nothing_in_the_room_is_ordered_by_a_count() -> None:
    """Themes, questions, choices and States stand in the order of a list, a form or an alphabet."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, text in sources(".py")
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and _ordered_by(node) & COUNTS
    ]
    assert found == []


def test_no_template_of_the_room_sorts_states() -> None:
    found = [
        str(path.relative_to(ROOT))
        for path, text in sources(".html")
        if re.search(r"\|dictsort(reversed)?:", text)
    ]
    assert found == []


def test_no_type_of_the_room_gives_a_state_a_number() -> None:
    """A value about one State holds no count of its answers, gaps or measures to compare it by."""
    about_states = ("Named", "StateNeeds", "Gap", "PracticeView", "PracticeCard")
    found = []
    for room in ROOMS:
        for path in [*sorted((room / "types").glob("*.py")), room / "types.py"]:
            if not path.exists():
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.ClassDef) or node.name not in about_states:
                    continue
                for field in node.body:
                    if isinstance(field, ast.AnnAssign) and ast.unparse(field.annotation) in (
                        "int",
                        "float",
                    ):
                        found.append(f"{node.name}.{ast.unparse(field.target)}")
    assert found == []


# ── what the pages do ────────────────────────────────────────────────────────────────────────────
#: Two ways for the same States to have answered; every list of them must stay as it is.
ONE = {
    "XA": {LAW: "yes", LAW_EFFECT: "clear", LAW_HELP: "none", SHELTER: "مآو كثيرة"},
    "XB": {LAW: "no", LAW_HELP: "drafting training"},
    "XC": {LAW: "in_part", LAW_EFFECT: "none", LAW_HELP: "training"},
    "XD": {LAW: "unknown"},
}
OTHER = dict(zip(ONE, reversed(list(ONE.values())), strict=True))
NAMES = {
    "ar": ["أرقيا", "بحرستان", "دلماريا", "كوريدا"],
    "en": ["Arkia", "Bahrestan", "Corrida", "Delmaria"],
}


@pytest.fixture(params=[ONE, OTHER], ids=["one way", "the other way"])
def answered(request: pytest.FixtureRequest, round_: Round) -> Round:
    load_reference_data(at=MORNING)
    for iso2, answers in request.param.items():
        rounds.reply_of(round_, iso2, answers)
    return round_


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ar", "en"])
def test_lists_of_states_are_in_the_order_of_names_whatever_they_answered(
    answered: Round, language: str
) -> None:
    query = Query(path=LAW, values=("yes", "no", "in_part", "unknown"))
    page = findings.figure_page(reader=OPERATOR, round_=answered, query=query, language=language)
    assert [state.name for state in page.states] == NAMES[language]
    needed = needs.overview(reader=OPERATOR, round_=answered, language=language)
    assert [state.name for state in needed.states] == NAMES[language]
    for theme in needed.themes:
        for kind in theme.kinds:
            names = [state.name for state in kind.states]
            assert names == [name for name in NAMES[language] if name in names]


@pytest.mark.django_db
def test_codes_of_states_behind_a_figure_are_in_alphabetical_order(answered: Round) -> None:
    for table in figures.tables(reader=OPERATOR, round_=answered, language="en"):
        for row in table.rows:
            assert list(row.figure.states) == sorted(row.figure.states)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("name", ["register", "answers", "findings", "needs", "practices"])
def test_pages_name_states_in_the_order_of_names(
    client: Client, answered: Round, yusuf: Person, name: str, language: str
) -> None:
    client.force_login(yusuf)
    client.cookies["django_language"] = language
    answer = client.get(reverse(f"review:{name}", args=[answered.key]))
    assert answer.status_code == 200
    main = answer.content.decode().partition("<main")[2]
    found = re.findall("|".join(NAMES[language]), main)
    # The first time that each is named: never by what it answered.
    first = list(dict.fromkeys(found))
    assert first == [name for name in NAMES[language] if name in first]


@pytest.mark.django_db
def test_order_and_length_of_exports_do_not_follow_answers(
    client: Client, answered: Round, yusuf: Person
) -> None:
    client.force_login(yusuf)
    client.cookies["django_language"] = "en"
    for name, column in (("findings_export", "Question"), ("needs_export", "Theme")):
        answer = client.get(reverse(f"review:{name}", args=[answered.key, "csv"]))
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        place = rows[0].index(column)
        seen = [row[place] for row in rows[1:]]
        # Each question, each theme in one place: in the order of the form or of the list.
        runs = [value for at, value in enumerate(seen) if at == 0 or seen[at - 1] != value]
        assert len(runs) == len(set(runs))
