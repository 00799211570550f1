"""The engine held to facts taken by hand: of the real reports, of our samples, of our fixtures.

Every failure says exactly what is missing (-) and what is there and should not be (+). How the
facts are laid out is written in `facts/README.md`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from marsad import arabic, reading, undocs

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SHARED = Path(os.environ.get("MARSAD_SHARED") or ROOT.parent / "shared")
SAMPLES = ROOT / "marsad" / "library" / "samples"

#: What counts as found, for States and recommendations.
GOAL = 0.99

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
PLACES = {"Vienna": {"فيينا", "vienna", "vienne", "viena", "вена", "维也纳"}}
BODIES = {
    "conference": ("مؤتمر", "conference", "conférence", "conferencia", "конференци", "缔约方会议"),
    "working_group": ("فريق", "working group", "groupe", "grupo", "групп", "工作组"),
}
DECIDED_BY = {
    "conference": "Conference",
    "general_assembly": "General Assembly",
    "economic_and_social_council": "Economic and Social Council",
}


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A file and what is known of it."""

    #: The text, as it lies on disk.
    path: Path
    #: Its facts.
    facts: dict[str, Any]


def _load(facts: Path, folder: Path) -> Subject:
    told = json.loads(facts.read_text(encoding="utf-8"))
    return Subject(path=folder / told["file"], facts=told)


def _subjects() -> Iterable[Any]:
    documents = SHARED / "documents"
    for facts in sorted((HERE / "facts").glob("*.json")):
        subject = _load(facts, documents)
        missing = pytest.mark.skipif(not subject.path.exists(), reason="the reports are not here")
        yield pytest.param(subject, marks=[pytest.mark.real, missing], id=f"real-{facts.stem}")
    for facts in sorted((HERE / "fixtures").glob("*.json")):
        told = json.loads(facts.read_text(encoding="utf-8"))
        folder = SAMPLES if told.get("sample") else HERE / "fixtures"
        yield pytest.param(Subject(path=folder / told["file"], facts=told), id=facts.stem)


#: Run a test once for every file.
every_file = pytest.mark.parametrize("subject", list(_subjects()))


@lru_cache(maxsize=32)
def _read(path: Path) -> dict[str, Any]:
    """Read a file as the library does: bytes, repaired text, structure."""
    text = reading.read(path.read_bytes(), name=path.name).text
    return undocs.read_structure(arabic.repair(text).text).as_json()


def found_in(subject: Subject) -> dict[str, Any]:
    return _read(subject.path)


def _differences(expected: Iterable[Any], found: Iterable[Any]) -> list[str]:
    wanted, got = list(expected), list(found)
    missing = [f"- {thing}" for thing in wanted if thing not in got]
    return missing + [f"+ {thing}" for thing in got if thing not in wanted]


def assert_same(expected: Iterable[Any], found: Iterable[Any], what: str) -> None:
    wanted, got = list(expected), list(found)
    differences = _differences(wanted, got)
    if not differences and len(wanted) != len(got):
        differences = [f"{len(wanted)} expected, {len(got)} found: {got}"]
    assert not differences, f"{what}:\n" + "\n".join(differences)


def assert_found(expected: set[Any], found: set[Any], what: str) -> None:
    """Precision and recall of at least the goal, saying which ones are not right."""
    right = len(expected & found)
    recall = right / len(expected) if expected else 1.0
    precision = right / len(found) if found else float(not expected)
    lines = [f"- {thing}" for thing in sorted(expected - found, key=str)]
    lines += [f"+ {thing}" for thing in sorted(found - expected, key=str)]
    said = f"{what}: recall {recall:.3f}, precision {precision:.3f}\n" + "\n".join(lines)
    assert min(recall, precision) >= GOAL, said


def _rows(records: Iterable[Mapping[str, Any]], *keys: str) -> list[tuple[Any, ...]]:
    return [tuple(record.get(key) for key in keys) for record in records]


def _letters(items: Iterable[Mapping[str, Any]]) -> str:
    return "".join(item["letter"] for item in items)


@every_file
def test_it_is_held_to_facts_that_agree_with_themselves(subject: Subject) -> None:
    facts = subject.facts
    numbers = range(1, facts["paragraphs"] + 1)
    under = [number for section in facts["sections"] for number in section["paragraphs"]]
    before = [number for number in numbers if number < min(under)]
    assert before + under == list(numbers)
    homes = {section["id"]: section["paragraphs"] for section in facts["sections"]}
    for row in facts["recommendations"]:
        assert row["paragraph"] in homes[row["section"]]
    for key in ("footnotes", "states", "organisations", "officers", "provisions", "dates"):
        assert {row["paragraph"] for row in facts[key]} <= {None, *numbers}, key
    for row in facts["states"]:
        assert len(set(row["iso2"])) == len(row["iso2"])


# -- the front page ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "key",
    [
        "symbol",
        "job_number",
        "language",
        "original_language",
        "document_date",
        "session",
        "agenda_item",
    ],
)
@every_file
def test_it_reads_the_front_page(subject: Subject, key: str) -> None:
    assert found_in(subject)[key] == subject.facts[key]


@every_file
def test_it_reads_the_distribution(subject: Subject) -> None:
    found = found_in(subject)["distribution"]
    assert (found and found.lower()) == subject.facts["distribution"]


@every_file
def test_it_reads_place_and_days_of_the_meeting(subject: Subject) -> None:
    found, expected = found_in(subject)["meeting"], subject.facts["meeting"]
    assert (found["start"], found["end"]) == (expected["start"], expected["end"])
    place = found["place"] and found["place"].casefold()
    if expected["place"] is None:
        assert place is None
    else:
        assert place in PLACES[expected["place"]]


@every_file
def test_it_names_the_body_that_meets(subject: Subject) -> None:
    body = subject.facts["body"]
    if body is None:
        pytest.skip("the front of this file does not say")
    found = found_in(subject)["body"]
    assert found, "no body found"
    assert any(word in found.casefold() for word in BODIES[body]), found


# -- what it is built of -------------------------------------------------------------------------


@every_file
def test_it_numbers_every_paragraph(subject: Subject) -> None:
    found = found_in(subject)["paragraphs"]
    assert_same(
        range(1, subject.facts["paragraphs"] + 1), [row["number"] for row in found], "paragraphs"
    )
    assert_same([f"para-{row['number']}" for row in found], [row["id"] for row in found], "ids")


@every_file
def test_it_letters_the_items_of_every_paragraph(subject: Subject) -> None:
    found = {row["number"]: _letters(row["items"]) for row in found_in(subject)["paragraphs"]}
    expected = {int(number): "".join(few) for number, few in subject.facts["items"].items()}
    assert_same(expected.items(), [(n, few) for n, few in found.items() if few], "lettered items")


@every_file
def test_it_letters_the_items_of_headed_recommendations(subject: Subject) -> None:
    found = {row["id"]: _letters(row["items"]) for row in found_in(subject)["recommendations"]}
    expected = subject.facts.get("recommendation_items", {})
    assert_same(
        [(name, "".join(few)) for name, few in expected.items()],
        [(name, few) for name, few in found.items() if few],
        "items of recommendations",
    )


def _flat(sections: Iterable[Mapping[str, Any]]) -> Iterable[tuple[str, list[int]]]:
    for section in sections:
        yield section["id"], section["paragraphs"]
        yield from _flat(section["sections"])


def _section_id(name: str | None) -> str | None:
    """Turn the facts' `II.C` into the engine's `sec-2-c`.

    >>> _section_id("II.C")
    'sec-2-c'
    """
    if name is None:
        return None
    chapter, *below = name.split(".")
    return "-".join(["sec", str(ROMAN.index(chapter) + 1), *(part.lower() for part in below)])


@every_file
def test_it_builds_the_tree_of_headings(subject: Subject) -> None:
    expected = [(_section_id(row["id"]), row["paragraphs"]) for row in subject.facts["sections"]]
    assert_same(expected, list(_flat(found_in(subject)["sections"])), "sections")


@every_file
def test_it_gives_every_section_a_heading(subject: Subject) -> None:
    def headings(sections: Iterable[Mapping[str, Any]]) -> Iterable[str]:
        for section in sections:
            yield section["heading"]
            yield from headings(section["sections"])

    assert all(heading.strip() for heading in headings(found_in(subject)["sections"]))


@every_file
def test_it_ties_footnotes_to_their_paragraphs(subject: Subject) -> None:
    assert_same(
        _rows(subject.facts["footnotes"], "marker", "paragraph"),
        _rows(found_in(subject)["footnotes"], "marker", "paragraph"),
        "footnotes (marker, paragraph)",
    )


@every_file
def test_it_lists_the_agenda(subject: Subject) -> None:
    assert_same(
        [(str(row["number"]), "".join(row["items"])) for row in subject.facts["agenda"]],
        [(row["number"], _letters(row["items"])) for row in found_in(subject)["agenda"]],
        "agenda (number, letters)",
    )


# -- recommendations -----------------------------------------------------------------------------


@every_file
def test_it_finds_every_recommendation_and_no_other(subject: Subject) -> None:
    expected, found = subject.facts["recommendations"], found_in(subject)["recommendations"]
    assert_same(_rows(expected, "id"), _rows(found, "id"), "recommendations")


@every_file
def test_it_knows_where_each_recommendation_stands(subject: Subject) -> None:
    expected = {
        (row["id"], row["paragraph"], _section_id(row["section"]))
        for row in subject.facts["recommendations"]
    }
    found = set(_rows(found_in(subject)["recommendations"], "id", "paragraph", "section"))
    assert_found(expected, found, "recommendations (id, paragraph, section)")


@every_file
def test_it_knows_to_whom_each_recommendation_speaks(subject: Subject) -> None:
    def rows(records: Iterable[Mapping[str, Any]]) -> set[Any]:
        return {(row["id"], " ".join(sorted(row["addressees"]))) for row in records}

    expected, found = subject.facts["recommendations"], found_in(subject)["recommendations"]
    assert_found(rows(expected), rows(found), "addressees")


@every_file
def test_it_knows_how_strongly_each_recommendation_is_put(subject: Subject) -> None:
    expected, found = subject.facts["recommendations"], found_in(subject)["recommendations"]
    assert_found(
        set(_rows(expected, "id", "strength")), set(_rows(found, "id", "strength")), "strength"
    )


# -- who was there, who spoke, who replied -------------------------------------------------------


def _named(records: Iterable[Mapping[str, Any]]) -> set[tuple[int, str, str]]:
    return {(row["paragraph"], row["role"], code) for row in records for code in row["iso2"]}


@every_file
def test_it_recognises_the_states_of_every_list(subject: Subject) -> None:
    expected, found = subject.facts["states"], found_in(subject)["states"]
    assert_found(_named(expected), _named(found), "States (paragraph, role, ISO code)")


@every_file
def test_it_counts_the_states_of_every_list(subject: Subject) -> None:
    def counts(records: Iterable[Mapping[str, Any]]) -> list[tuple[int, str, int]]:
        return [(row["paragraph"], row["role"], len(row["iso2"])) for row in records]

    assert_same(
        counts(subject.facts["states"]),
        counts(found_in(subject)["states"]),
        "lists of States (paragraph, role, how many)",
    )


@every_file
def test_it_keeps_states_in_reading_order(subject: Subject) -> None:
    found = {(row["paragraph"], row["role"]): row["iso2"] for row in found_in(subject)["states"]}
    moved = []
    for row in subject.facts["states"]:
        listed = found.get((row["paragraph"], row["role"]), [])
        expected = [code for code in row["iso2"] if code in listed]
        read = [code for code in listed if code in expected]
        if read != expected:
            moved += [f"{row['paragraph']} - {' '.join(expected)}"]
            moved += [f"{row['paragraph']} + {' '.join(read)}"]
    assert not moved, "States out of order:\n" + "\n".join(moved)


@every_file
def test_it_counts_the_organisations_of_every_list(subject: Subject) -> None:
    counted: dict[tuple[int, str], list[str]] = {}
    for row in found_in(subject)["organisations"]:
        counted.setdefault((row["paragraph"], row["role"]), []).append(row["name"])
    assert_same(
        _rows(subject.facts["organisations"], "paragraph", "role", "count"),
        [(paragraph, role, len(names)) for (paragraph, role), names in counted.items()],
        f"organisations (paragraph, role, how many), of {counted}",
    )


@every_file
def test_it_says_who_presided(subject: Subject) -> None:
    assert_same(
        _rows(subject.facts["officers"], "paragraph", "role", "country"),
        _rows(found_in(subject)["officers"], "paragraph", "role", "iso2"),
        "officers (paragraph, role, country)",
    )


# -- what it points to ---------------------------------------------------------------------------


@every_file
def test_it_lists_the_symbols_cited(subject: Subject) -> None:
    found = [row["symbol"] for row in found_in(subject)["symbols_cited"]]
    assert_same(subject.facts["symbols_cited"], found, "symbols")


@every_file
def test_it_lists_decisions_and_resolutions(subject: Subject) -> None:
    found = {
        (row["kind"], row["number"]): tuple(row["paragraphs"])
        for row in found_in(subject)["decisions_cited"]
    }
    expected = {}
    for row in subject.facts["decisions_cited"]:
        key = (row["kind"], row["number"])
        if row.get("order_uncertain") and key not in found:
            key = (row["kind"], row["as_printed"])
        expected[key] = tuple(row["paragraphs"])
    assert_same(expected.items(), found.items(), "decisions (kind, number), paragraphs")


@every_file
def test_it_says_whose_decisions_they_are(subject: Subject) -> None:
    found = {row["number"]: row for row in found_in(subject)["decisions_cited"]}
    for row in subject.facts["decisions_cited"]:
        if row["number"] in found:
            assert found[row["number"]]["body"] == DECIDED_BY[row["body"]], row["number"]
            assert found[row["number"]]["printed"] == row["as_printed"]


@every_file
def test_it_reads_treaty_series_references(subject: Subject) -> None:
    assert_same(
        _rows(subject.facts["treaty_series"], "volume", "number"),
        _rows(found_in(subject)["treaty_series"], "volume", "number"),
        "treaty series (volume, number)",
    )


@every_file
def test_it_lists_the_articles_cited(subject: Subject) -> None:
    def rows(records: Iterable[Mapping[str, Any]]) -> list[Any]:
        return [
            (
                row["paragraph"],
                row["instrument"],
                str(row["article"]),
                row.get("article_paragraph") and str(row["article_paragraph"]),
            )
            for row in records
        ]

    assert_same(
        rows(subject.facts["provisions"]),
        rows(found_in(subject)["articles"]),
        "articles (paragraph, instrument, article, its paragraph)",
    )


@every_file
def test_it_lists_the_documents_before_the_meeting(subject: Subject) -> None:
    assert_same(
        [(row["item"], tuple(row["symbols"])) for row in subject.facts["documents_listed"]],
        [(row["letter"], tuple(row["symbols"])) for row in found_in(subject)["documents"]],
        "documents (letter, symbols)",
    )


@every_file
def test_it_reads_days_and_spans_of_days(subject: Subject) -> None:
    facts = subject.facts
    loose = {(row["paragraph"], row["day"]) for row in facts.get("days_without_year", ())}
    found = [
        (row["start"], row["end"], row["paragraph"])
        for row in found_in(subject)["dates"]
        if len(row["start"]) == len("2009-04-14")
        and (row["paragraph"], row["start"][len("2009-") :]) not in loose
    ]
    assert_same(
        dict.fromkeys(_rows(facts["dates"], "start", "end", "paragraph")),
        dict.fromkeys(found),
        "dates (start, end, paragraph)",
    )


@every_file
def test_it_reads_months(subject: Subject) -> None:
    if "months" not in subject.facts:
        pytest.skip("months were not noted")
    found = {row["start"] for row in found_in(subject)["dates"]}
    months = {start for start in found if len(start) == len("2009-05")}
    assert_same(sorted(subject.facts["months"]), sorted(months), "months")


# -- what must stay outside ----------------------------------------------------------------------


def _texts(found: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for row in (*found["paragraphs"], *found["recommendations"]):
        yield str(row["id"]), row["text"]
        yield from ((item["id"], item["text"]) for item in row["items"])


@every_file
def test_it_keeps_page_furniture_out_of_the_text(subject: Subject) -> None:
    facts = subject.facts
    furniture = [facts["job_number"], facts["symbol"], *facts.get("furniture", ())]
    for where, text in _texts(found_in(subject)):
        for thing in filter(None, furniture):
            assert thing not in text.split(), f"{thing} stands in {where}"


@every_file
def test_it_leaves_no_paragraph_empty(subject: Subject) -> None:
    empty = [where for where, text in _texts(found_in(subject)) if not text.strip()]
    assert not empty, f"empty: {empty}"


def test_it_counts_the_same_in_a_damaged_copy() -> None:
    clean, damaged = (_read(SAMPLES / name) for name in ("report-ar.txt", "report-ar-damaged.txt"))
    for key in ("symbol", "job_number", "document_date", "session", "meeting"):
        assert damaged[key] == clean[key], key
    for key in ("paragraphs", "recommendations"):
        assert_same([row["id"] for row in clean[key]], [row["id"] for row in damaged[key]], key)
