"""Workbooks become forms, or every fault is told with its cell and its remedy."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
import pyxform
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from marsad.questionnaires.compiling import BrokenForm, Fault, annotate, compile_form, faults_of
from marsad.questionnaires.compiling.faults import KINDS
from tests.questionnaires.samples import every_type
from tests.questionnaires.workbooks import AR, EN, SMALL, YES_NO, ask, workbook

JAR = Path(pyxform.__file__).parent / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar"


def told(data: bytes) -> dict[str, Fault]:
    """Faults by code; the first of each."""
    found: dict[str, Fault] = {}
    for fault in faults_of(data):
        found.setdefault(fault.code, fault)
    return found


def test_it_makes_a_form_without_a_word_where_nothing_is_wrong() -> None:
    compiled = compile_form(workbook())

    assert compiled.form_id == "visits"
    assert compiled.version == "1"
    assert list(compiled.languages) == ["ar", "en"]
    assert compiled.titles == {"ar": "زيارات التفتيش", "en": "Inspection visits"}
    assert compiled.warnings == []
    assert [question.name for question in compiled.questions] == ["visited", "workers"]


def test_it_reads_our_own_columns() -> None:
    workers = compile_form(workbook()).questions[1]

    first, second = workers.serves.provisions
    assert (first.instrument, first.article, first.paragraph) == ("TIP", "9", "1 (a)")
    assert (second.instrument, second.article, second.paragraph) == ("UNTOC", "31", "")
    assert workers.serves.obligation == "mandatory"
    assert workers.serves.themes == ("labour", "prevention")
    assert workers.serves.concept == "inspection.workers"
    assert workers.is_required


def test_it_takes_words_without_a_language_for_the_default_one() -> None:
    rows = [{"type": "text", "name": "a", "label": "سؤال"}]

    compiled = compile_form(workbook(rows, []))

    assert list(compiled.languages) == ["ar"]
    assert compiled.questions[0].labels == {"ar": "سؤال"}
    assert compiled.warnings == []


def test_it_gives_the_same_form_for_the_same_workbook() -> None:
    data = workbook()

    assert compile_form(data).xform == compile_form(data).xform


BROKEN: list[tuple[str, dict[str, Any], str]] = [
    ("type.unknown", {"survey": [ask("txt", "a")]}, "A2"),
    ("type.missing", {"survey": [ask("", "a"), ask("text", "b")]}, "A2"),
    ("name.missing", {"survey": [ask("text", "")]}, "B2"),
    ("name.invalid", {"survey": [ask("text", "1st name")]}, "B2"),
    ("name.duplicate", {"survey": [ask("text", "a"), ask("text", "b"), ask("text", "a")]}, "B4"),
    ("group.unclosed", {"survey": [ask("begin_group", "g"), ask("text", "a")]}, "A2"),
    ("group.unopened", {"survey": [ask("text", "a"), {"type": "end_group"}]}, "A3"),
    (
        "group.mismatched",
        {"survey": [ask("begin_repeat", "g"), ask("text", "a"), {"type": "end_group"}]},
        "A4",
    ),
    (
        "group.too-deep",
        {
            "survey": [
                *(ask("begin_group", f"g{n}") for n in range(300)),
                ask("text", "a"),
                *({"type": "end_group"} for n in range(300)),
            ]
        },
        "A32",
    ),
    ("choices.unknown-list", {"survey": [ask("select_one yes_on", "a")]}, "A2"),
    ("choices.no-list", {"survey": [ask("select_one", "a")]}, "A2"),
    ("reference.unknown", {"survey": [ask("text", "a", relevant="${b} = 1")]}, "E2"),
    ("reference.broken", {"survey": [ask("text", "a", relevant="${a = 1")]}, "E2"),
    ("expression.unreadable", {"survey": [ask("text", "a", relevant="1 +")]}, "E2"),
    ("expression.unknown-function", {"survey": [ask("text", "a", relevant="iff(1, 2)")]}, "E2"),
    (
        "expression.pattern-slow",
        {"survey": [ask("text", "a", constraint="regex(., '(a+)+')")]},
        "E2",
    ),
    ("expression.pattern", {"survey": [ask("text", "a", constraint="regex(., '[a')")]}, "E2"),
    ("calculation.missing", {"survey": [ask("text", "b"), ask("calculate", "a")]}, ""),
    ("label.script", {"survey": [ask("text", "a", en="<script>alert(1)</script>")]}, "D2"),
    ("label.script", {"survey": [ask("text", "a", en="<b onclick = 'x()'>b</b>")]}, "D2"),
    ("label.missing", {"survey": [{"type": "text", "name": "a"}, *SMALL]}, "C2"),
    ("settings.bad-id", {"settings": {"form_id": "my form"}}, "A2"),
    ("settings.no-id", {"settings": {"form_id": None}}, "A2"),
    ("settings.bad-version", {"settings": {"version": "one/two"}}, "D2"),
    ("settings.encrypted", {"settings": {"public_key": "abc"}}, "F2"),
    ("settings.default-language-unknown", {"settings": {"default_language": "Klingon"}}, "E2"),
    ("choices.duplicate", {"choices": [*YES_NO, YES_NO[0]]}, "B4"),
    ("choices.no-value", {"choices": [*YES_NO, {"list_name": "yes_no", AR: "؟"}]}, "B4"),
    ("choices.no-label", {"choices": [*YES_NO, {"list_name": "yes_no", "name": "z"}]}, "C4"),
    (
        "provision.unreadable",
        {"survey": [ask("text", "a", **{"bind::marsad:provision": "§ 6"})]},
        "E2",
    ),
    (
        "obligation.unknown",
        {"survey": [ask("text", "a", **{"bind::marsad:obligation": "hm"})]},
        "E2",
    ),
    ("code.unreadable", {"survey": [ask("text", "a", **{"bind::marsad:concept": "A b"})]}, "E2"),
    ("survey.nothing-asked", {"survey": [ask("note", "a")]}, ""),
    ("header.missing", {"survey": [{"name": "a"}]}, ""),
    ("compiler.parameters", {"survey": [ask("range", "a", parameters="start=1 nonsense")]}, "E2"),
]


@pytest.mark.parametrize(("code", "given_sheets", "cell"), BROKEN, ids=[row[0] for row in BROKEN])
def test_it_says_what_is_wrong_and_where(
    code: str, given_sheets: dict[str, Any], cell: str
) -> None:
    found = told(workbook(**given_sheets))

    assert code in found
    assert found[code].cell == cell or not cell
    assert found[code].says
    assert found[code].remedy
    with pytest.raises(BrokenForm):
        compile_form(workbook(**given_sheets))


def test_it_finds_every_fault_at_once() -> None:
    broken = [ask("txt", "a"), ask("text", "1"), ask("select_one nowhere", "b")]

    found = told(workbook(broken))

    assert {"type.unknown", "name.invalid", "choices.unknown-list"} <= set(found)


def test_it_shows_the_way_round_a_circle() -> None:
    rows = [
        ask("text", "a", relevant="${c} = 1"),
        ask("text", "b", relevant="${a} = 1"),
        ask("calculate", "c", calculation="${b}"),
    ]

    fault = told(workbook(rows))["expression.cycle"]

    assert fault.details["path"].strip("\u2066\u2069") == "a → c → b → a"
    assert fault.row == 2


def test_it_finds_a_group_that_hides_what_it_depends_on() -> None:
    rows = [
        ask("begin_group", "g", relevant="${a} = 'x'"),
        ask("text", "a"),
        {"type": "end_group"},
    ]

    assert "expression.cycle" in told(workbook(rows))


def test_it_lets_a_running_total_look_back() -> None:
    rows = [
        ask("begin_repeat", "r"),
        ask("integer", "n", required="yes"),
        ask(
            "calculate",
            "total",
            calculation="${n} + coalesce(indexed-repeat(${total}, ${r}, position(..) - 1), 0)",
        ),
        {"type": "end_repeat"},
    ]

    assert "expression.cycle" not in told(workbook(rows))


WARNED: list[tuple[str, dict[str, Any]]] = [
    ("label.language-missing", {"survey": [ask("text", "a", ar=""), *SMALL]}),
    ("language.no-arabic", {"survey": [{"type": "text", "name": "a", EN: "A"}], "choices": [],
                            "settings": {"default_language": "English (en)"}}),
    ("settings.no-version", {"settings": {"version": None}}),
    ("settings.no-title", {"settings": {"form_title": None}}),
    ("settings.no-default-language", {"settings": {"default_language": None}}),
    ("choices.unused", {"choices": [*YES_NO, {"list_name": "x", "name": "y", AR: "ي", EN: "y"}]}),
    ("header.unknown", {"survey": [ask("text", "a", **{"relevent": "1"})]}),
    ("constraint.no-message", {"survey": [ask("integer", "a", constraint=". > 1")]}),
    (
        "expression.sum-empty",
        {"survey": [
            ask("begin_repeat", "r"), ask("integer", "n"), {"type": "end_repeat"},
            ask("calculate", "t", calculation="sum(${n})"),
        ]},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("code", "given_sheets"), WARNED, ids=[row[0] for row in WARNED])
def test_it_warns_and_makes_the_form_all_the_same(code: str, given_sheets: dict[str, Any]) -> None:
    compiled = compile_form(workbook(**given_sheets))

    assert code in {fault.code for fault in compiled.warnings}
    assert all(fault.is_warning for fault in compiled.warnings)


def test_it_warns_of_thousands_of_choices_and_refuses_tens_of_thousands() -> None:
    def many(count: int) -> bytes:
        rows = [
            {"list_name": "yes_no", "name": f"c{n}", AR: f"خيار {n}", EN: f"Choice {n}"}
            for n in range(count)
        ]
        return workbook(choices=rows)

    assert "choices.many" in told(many(3_000))
    assert "choices.too-many" in told(many(20_001))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file.not-xlsx"),
        (b"hello", "file.not-xlsx"),
        (b"PK\x03\x04 not really", "file.not-xlsx"),
    ],
)
def test_it_says_of_another_file_that_it_is_none(data: bytes, code: str) -> None:
    assert code in told(data)


def _archive(**entries: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name.replace("__", "/"), data)
    return made.getvalue()


def test_it_opens_no_bomb() -> None:
    bomb = _archive(**{"xl__workbook.xml": b"0" * (101 * 1024 * 1024)})

    assert len(bomb) < 1_000_000
    assert "file.too-large" in told(bomb)


def test_it_says_that_a_workbook_is_damaged() -> None:
    assert "file.unreadable" in told(_archive(**{"xl__workbook.xml": b"<nothing"}))


def test_it_says_which_sheets_there_are_when_the_survey_is_missing() -> None:
    made = io.BytesIO()
    book = load_workbook(io.BytesIO(workbook()))
    book["survey"].title = "questions"
    book.save(made)

    fault = told(made.getvalue())["sheet.missing"]

    assert "questions" in fault.remedy


def test_every_sentence_can_be_said() -> None:
    """Each kind of fault has its words, and they speak Arabic too."""
    for code, kind in KINDS.items():
        for text in filter(None, (kind.says, kind.remedy, kind.otherwise)):
            with translation.override("ar"):
                assert translation.gettext(text) != text, (code, text)


def test_a_fault_is_kept_and_told_again() -> None:
    fault = told(workbook([ask("txt", "a")]))["type.unknown"]

    again = Fault.of(fault.as_data())

    assert again == fault


def test_it_marks_the_workbook() -> None:
    data = workbook([ask("txt", "a", en='=HYPERLINK("x")')])
    marked = load_workbook(io.BytesIO(annotate(data, faults_of(data), rtl=True)))

    assert marked.sheetnames[0] == "marsad"
    assert marked["marsad"].sheet_view.rightToLeft
    assert "txt" in str(marked["marsad"]["D2"].value)
    assert "txt" in marked["survey"]["A2"].comment.text


def test_the_form_of_every_type_has_no_fault() -> None:
    compiled = compile_form(every_type())

    assert [fault for fault in compiled.warnings if not fault.is_warning] == []
    kinds = {question.kind for question in compiled.questions}
    assert {"text", "integer", "decimal", "select_one", "select_multiple", "date", "file"} <= kinds


@pytest.mark.skipif(shutil.which("java") is None, reason="Java is not installed")
@pytest.mark.parametrize("data", [workbook(), every_type()], ids=["small", "every type"])
def test_odk_validate_passes_the_form(data: bytes, tmp_path: Path) -> None:
    form = tmp_path / "form.xml"
    form.write_bytes(compile_form(data).xform)

    ran = subprocess.run(
        ["java", "-Djava.awt.headless=true", "-jar", str(JAR), str(form)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr


_CELL = st.one_of(
    st.none(),
    st.sampled_from(["text", "${a}", "yes", "begin_group", "end_group", "a", "1", "select_one l"]),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12),
    st.integers(),
)
_HEADINGS = ["type", "name", EN, "relevant", "calculation", "constraint", "parameters"]


@settings(max_examples=40)
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(_HEADINGS, _CELL)), max_size=6))
def test_it_never_breaks_over_a_workbook(rows: list[dict[str, Any]]) -> None:
    for fault in faults_of(workbook(rows, [{"list_name": "l", "name": "x", EN: "X"}])):
        assert fault.code in KINDS
        assert fault.says
        assert fault.remedy
