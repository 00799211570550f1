"""The code lists as a form: our engine takes it, and what is filled in comes back as records."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from marsad.questionnaires.compiling import compile_form
from marsad.questionnaires.exports import answers
from marsad.questionnaires.types import QuestionView, SubmissionView
from marsad.statistics.records import codebook, xlsform
from marsad.statistics.records.reading import RecordReading

BOOK = codebook.load("2026-1")


@pytest.mark.parametrize("kind", codebook.KINDS)
def test_a_form_of_every_kind_compiles_without_a_fault(kind: str) -> None:
    made = compile_form(xlsform.workbook(BOOK, kind=kind), name=f"{kind}.xlsx")
    assert made.form_id == f"records_{kind}"
    assert {each.name for each in made.questions} == {each.name for each in BOOK.of_kind(kind)}
    assert not [each for each in made.warnings if not each.is_warning]


def test_nothing_in_a_form_asks_who_somebody_is() -> None:
    from marsad.statistics.records import identifiers

    for kind in codebook.KINDS:
        for row in xlsform.sheets(BOOK, kind=kind)["survey"]:
            assert not identifiers.by_header(row["name"])
            assert row["type"] not in ("date", "geopoint", "image", "phonenumber")


@pytest.mark.parametrize("format_", ["csv", "xlsx"])
def test_what_was_filled_in_and_exported_comes_in_as_records(tmp_path: Path, format_: str) -> None:
    made = compile_form(xlsform.workbook(BOOK, kind="victim"), name="victim.xlsx")
    labels = {each.name: each for each in BOOK.of_kind("victim")}
    questions = [
        QuestionView(
            path=each.path,
            name=each.name,
            kind=each.kind,
            kind_label="",
            label=labels[each.name].ar,
            hint="",
            language="ar",
            is_required=False,
            repeat="",
            choices=[(code.code, code.ar) for code in BOOK.lists.get(labels[each.name].list, ())],
            provisions=(),
            obligation="",
            themes=(),
            concept="",
        )
        for each in made.questions
    ]
    told = {
        "victim_key": ["SH-1"],
        "year": ["2024"],
        "sex": ["female"],
        "age": ["9-17"],
        "citizenship": ["SYR EGY"],
        "purpose": ["forced_labour", "organ_removal"],
    }
    paths = {each.name: each.path for each in questions}
    submission = SubmissionView(
        id=1,
        key="abc",
        by_id=None,
        received_at=datetime(2026, 3, 2, tzinfo=UTC),
        answers=[
            {
                "path": paths[name],
                "name": name,
                "kind": "",
                "value": values[0],
                "values": values,
                "position": [],
                "file": None,
            }
            for name, values in told.items()
        ],
        files=(),
    )
    laid = answers.lay_out(title="x", language="ar", questions=questions, submissions=[submission])
    file = tmp_path / f"answers.{format_}"
    file.write_bytes(answers.write(laid, format=format_).data)
    reading = RecordReading(file, book=BOOK, key=b"k" * 32, kind="victim", this_year=2026)
    (record,) = reading
    assert reading.preview.may_be_kept, [each.sentence for each in reading.preview.remarks]
    assert record.year == 2024
    assert record.values == {
        "sex": ["female"],
        "age": ["9-17"],
        "citizenship": ["SYR", "EGY"],
        "purpose": ["forced_labour", "organ_removal"],
    }
