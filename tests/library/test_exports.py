"""A compilation, written and read again by a reader of each format."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pypdfium2
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.design.printing import fonts
from marsad.design.printing.direction import stretches
from marsad.design.printing.tables import dangerous
from marsad.library import exports
from marsad.library.types import (
    Compilation,
    ProvisionServed,
    RecommendationGroup,
    RecommendationRow,
    ThemeLabel,
)

needs_arabic_font = pytest.mark.skipif(
    not list(fonts.FOLDER.glob("*.ttf")), reason="no fonts here yet: run make setup"
)

WORDS: dict[str, dict[str, Any]] = {
    "ar": {
        "text": "ينبغي للدول الأطراف أن تدرّب المترجمين وفقاً للوثيقة A/RES/55/25.",
        "title": "تقرير عن اجتماع الفريق المعني بالمترجمين",
        "body": "الفريق المعني بالمترجمين",
        "session": "الدورة الثانية",
        "section": "ثانياً - التوصيات",
        "addressees": ["الدول الأطراف", "الأمانة"],
        "strength": "ينبغي",
        "theme": "التدريب",
        "other_theme": "الترجمة",
        "citation": "CTOC/COP/WG.9/2009/2، الفقرة {} (أ)",
        "compilation": "فهرس التوصيات وتجميعها",
        "chosen": {"الموضوع": "التدريب"},
    },
    "en": {
        "text": "States parties should train interpreters, as set out in A/RES/55/25.",
        "title": "Report on the meeting on interpreters",
        "body": "Working Group on Interpreters",
        "session": "second session",
        "section": "II. Recommendations",
        "addressees": ["States parties", "Secretariat"],
        "strength": "should",
        "theme": "Training",
        "other_theme": "Interpretation",
        "citation": "CTOC/COP/WG.9/2009/2, para. {} (a)",
        "compilation": "Index and compilation of recommendations",
        "chosen": {"Theme": "Training"},
    },
}


def recommendation(number: int = 1, *, language: str = "en", **changes: Any) -> RecommendationRow:
    words = WORDS[language]
    usual: dict[str, Any] = {
        "pk": number,
        "ident": f"{number}(a)",
        "anchor": f"para-{number}-a",
        "paragraph": str(number),
        "document_key": "key",
        "document_symbol": "CTOC/COP/WG.9/2009/2",
        "document_title": words["title"],
        "body": words["body"],
        "session": words["session"],
        "year": 2009,
        "section": words["section"],
        "addressees": ["states_parties", "secretariat"],
        "addressee_labels": words["addressees"],
        "strength": "should",
        "strength_label": words["strength"],
        "themes": [
            ThemeLabel(code="training", label=words["theme"]),
            ThemeLabel(code="interpretation", label=words["other_theme"]),
        ],
        "provisions": [
            ProvisionServed(instrument="UNTOC", article="29", basis="text"),
            ProvisionServed(instrument="TIP Protocol", article="10", basis="theme"),
        ],
        "text": words["text"],
        "language": language,
        "citation": words["citation"].format(number),
        "is_sample": False,
    }
    return RecommendationRow(**(usual | changes))


def compiled(
    *rows: RecommendationRow,
    language: str = "en",
    groups: Sequence[RecommendationGroup] | None = None,
) -> Compilation:
    words = WORDS[language]
    if groups is None:
        groups = [RecommendationGroup(key="t", heading=words["theme"], rows=rows)] if rows else []
    return Compilation(
        language=language,
        title=words["compilation"],
        chosen=words["chosen"],
        grouped_by="theme",
        groups=groups,
        made_on=date(2026, 11, 22),
        count=len({row.pk for group in groups for row in group.rows}),
    )


def made(compilation: Compilation, format: str) -> bytes:
    return exports.compilation(compilation, format=format).data


def word(compilation: Compilation) -> Any:
    return docx.Document(io.BytesIO(made(compilation, "docx")))


def workbook(compilation: Compilation) -> Any:
    return openpyxl.load_workbook(io.BytesIO(made(compilation, "xlsx")))


def csv_rows(compilation: Compilation) -> list[list[str]]:
    text = made(compilation, "csv").decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def pdf_text(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as pdf:
        pages = []
        for page in pdf:
            text = page.get_textpage()
            pages.append(text.get_text_range())
            text.close()
            page.close()
    return re.sub(r"\s+", " ", "\n".join(pages))


def word_text(document: Any) -> str:
    return "\n".join(node.text or "" for node in document.element.body.iter(qn("w:t"))).replace(
        "\n", ""
    )


def everything(compilation: Compilation, format: str) -> str:
    """The words of a file, whatever it is."""
    readers: dict[str, Callable[[], str]] = {
        "docx": lambda: word_text(word(compilation)),
        "pdf": lambda: pdf_text(made(compilation, "pdf")),
        "xlsx": lambda: "\n".join(
            str(cell)
            for sheet in workbook(compilation)
            for row in sheet.iter_rows(values_only=True)
            for cell in row
            if cell is not None
        ),
    }
    return readers[format]() if format in readers else made(compilation, format).decode()


@pytest.mark.parametrize("format", exports.FORMATS)
def test_it_writes_every_recommendation_with_its_citation(format: str) -> None:
    text = everything(compiled(recommendation(1), recommendation(2)), format)

    assert "train interpreters" in text
    assert "CTOC/COP/WG.9/2009/2, para. 1 (a)" in text
    assert "CTOC/COP/WG.9/2009/2, para. 2 (a)" in text


@pytest.mark.parametrize("format", ["docx", "xlsx", "csv", "json", "text"])
def test_it_writes_arabic_letter_for_letter(format: str) -> None:
    text = everything(compiled(recommendation(language="ar"), language="ar"), format)

    assert "ينبغي للدول الأطراف أن تدرّب المترجمين" in text
    assert "A/RES/55/25" in text


@pytest.mark.parametrize("format", ["docx", "pdf", "xlsx", "json", "text"])
def test_it_says_so_where_nothing_was_found(format: str) -> None:
    text = everything(compiled(), format)

    if format == "json":
        assert json.loads(text)["count"] == 0
    else:
        assert "No recommendation answers to what was chosen." in text


def test_it_leaves_only_the_header_in_an_empty_csv() -> None:
    assert len(csv_rows(compiled())) == 1


@pytest.mark.parametrize("format", exports.FORMATS)
def test_it_marks_a_sample(format: str) -> None:
    real, sample = recommendation(1), recommendation(2, is_sample=True)

    assert ("ample" in everything(compiled(real, sample), format)) is True
    if format in ("docx", "pdf", "text"):
        assert "[Sample]" in everything(compiled(real, sample), format)
        assert "ample" not in everything(compiled(real), format)


@pytest.mark.parametrize("format", exports.FORMATS)
def test_it_makes_the_same_bytes_again(format: str) -> None:
    compilation = compiled(recommendation())

    assert made(compilation, format) == made(compilation, format)


@pytest.mark.parametrize("format", exports.FORMATS)
@pytest.mark.parametrize("language", ["ar", "en"])
def test_it_writes_five_hundred_and_control_characters(
    format: str,
    language: str,
) -> None:
    if format == "pdf" and language == "ar" and not list(fonts.FOLDER.glob("*.ttf")):
        pytest.skip("no fonts here yet: run make setup")
    rows = [recommendation(n, language=language, section="a\x00b\x0b") for n in range(1, 501)]

    assert len(made(compiled(*rows, language=language), format)) > 10_000


def test_it_names_the_file_safely() -> None:
    exported = exports.compilation(compiled(), format="xlsx")

    assert exported.file_name == "marsad-recommendations-2026-11-22-en.xlsx"
    assert exported.media_type == exports.FORMATS["xlsx"].media_type


def test_it_refuses_an_unknown_format() -> None:
    with pytest.raises(exports.UnknownFormat, match="docx, pdf"):
        exports.compilation(compiled(), format="odt")


def test_it_keeps_one_number_for_a_recommendation_under_two_headings() -> None:
    one, two = recommendation(1), recommendation(2)
    groups = [
        RecommendationGroup(key="a", heading="First", rows=[one]),
        RecommendationGroup(key="b", heading="Second", rows=[one, two]),
    ]
    text = made(compiled(groups=groups), "text").decode()

    assert text.count("1.  States parties") == 2
    assert text.count("2.  States parties") == 1
    assert len(csv_rows(compiled(groups=groups))) == 3


def test_it_says_in_what_language_a_text_is_that_has_no_other() -> None:
    text = made(compiled(recommendation(language="ar")), "text").decode()

    assert "Text in: Arabic" in text


# ── JSON ──────────────────────────────────────────────────────────────────────────────────────────


def test_it_gives_codes_and_words_in_json() -> None:
    said = json.loads(made(compiled(recommendation(language="ar"), language="ar"), "json"))
    one = said["recommendations"][0]

    assert one["id"] == "1(a)"
    assert one["addressees"][0] == {"code": "states_parties", "label": "الدول الأطراف"}
    assert one["strength"] == {"code": "should", "label": "ينبغي"}
    assert one["provisions"][0] == {"instrument": "UNTOC", "article": "29", "basis": "text"}
    assert said["groups"][0]["recommendations"] == [one["ref"]]
    assert said["made_on"] == "2026-11-22"


# ── tables ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "＝1"])
def test_it_never_lets_a_cell_run(cell: str) -> None:
    compilation = compiled(recommendation(section=cell))
    column = [cells for cells in csv_rows(compilation) if f"'{cell}" in cells]
    sheet = workbook(compilation).worksheets[0]
    found = [c for row in sheet.iter_rows() for c in row if c.value == cell]

    assert column
    assert [(c.data_type, c.quotePrefix) for c in found] == [("s", True)]


@given(st.text(max_size=30))
@settings(max_examples=60)
def test_it_leaves_no_cell_of_a_csv_that_begins_like_a_formula(text: str) -> None:
    cells = csv_rows(compiled(recommendation(section=text)))[1]

    assert not any(cell.lstrip()[:1] in tuple("=+-@") for cell in cells if cell.strip())


@pytest.mark.parametrize("cell", ["States should", "الدول", -3, None, ""])
def test_it_leaves_plain_cells_alone(cell: str | int | None) -> None:
    assert not dangerous(cell)


def test_it_begins_the_csv_with_the_mark_that_excel_needs() -> None:
    assert made(compiled(recommendation()), "csv").startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(("language", "rtl"), [("ar", True), ("en", False)])
def test_it_turns_the_sheet_and_keeps_the_header_in_sight(language: str, rtl: bool) -> None:
    book = workbook(compiled(recommendation(language=language), language=language))
    sheet = book.worksheets[0]

    assert bool(sheet.sheet_view.rightToLeft) is rtl
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:R2"
    assert sheet["C2"].alignment.wrap_text
    assert len(book.worksheets) == 2


def test_it_says_on_the_second_sheet_how_they_were_chosen() -> None:
    about = workbook(compiled(recommendation())).worksheets[1]
    facts = {row[0]: row[1] for row in about.iter_rows(values_only=True)}

    assert facts["Theme"] == "Training"
    assert facts["Made on"] == "22 November 2026"


# ── Word ──────────────────────────────────────────────────────────────────────────────────────────


def test_it_turns_every_paragraph_and_table_of_an_arabic_word_file() -> None:
    document = word(compiled(recommendation(language="ar"), language="ar"))
    body = document.element.body

    assert all(p.find(qn("w:pPr")).find(qn("w:bidi")) is not None for p in body.iter(qn("w:p")))
    assert all(
        t.find(qn("w:tblPr")).find(qn("w:bidiVisual")) is not None for t in body.iter(qn("w:tbl"))
    )
    assert document.sections[0]._sectPr.find(qn("w:rtlGutter")) is not None


def test_it_marks_arabic_runs_and_leaves_symbols_left_to_right() -> None:
    document = word(compiled(recommendation(language="ar"), language="ar"))
    runs = {
        "".join(t.text or "" for t in run.iter(qn("w:t"))): run.find(f"{qn('w:rPr')}/{qn('w:rtl')}")
        is not None
        for run in document.element.body.iter(qn("w:r"))
    }

    assert runs["A/RES/55/25"] is False
    assert any(rtl and "تدرّب" in text for text, rtl in runs.items())


def test_it_sets_no_direction_in_an_english_word_file() -> None:
    document = word(compiled(recommendation()))

    assert not list(document.element.body.iter(qn("w:bidi"), qn("w:rtl"), qn("w:bidiVisual")))


def test_it_makes_real_headings_and_numbers_the_pages() -> None:
    document = word(compiled(recommendation()))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    footer = document.sections[0].footer._element

    assert headings == ["Training (1)", "Index"]
    assert [f.get(qn("w:instr")) for f in footer.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    assert document.core_properties.created.date() == date(2026, 11, 22)


def test_it_keeps_the_elements_of_a_paragraph_in_the_order_word_wants() -> None:
    order = ["pStyle", "keepNext", "keepLines", "widowControl", "pBdr", "tabs", "bidi", "spacing",
             "ind", "contextualSpacing", "jc", "outlineLvl"]  # fmt: skip
    data = made(compiled(recommendation(language="ar"), language="ar"), "docx")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.startswith("word/")]
    found = 0
    for part in parts:
        for inside in re.findall(rb"<w:pPr>(.*?)</w:pPr>", part, re.S):
            names = [
                name.decode() for name in re.findall(rb"<w:(\w+)", inside) if name.decode() in order
            ]
            assert names == sorted(names, key=order.index)
            found += 1
    assert found > 10


# ── PDF ───────────────────────────────────────────────────────────────────────────────────────────


@needs_arabic_font
def test_it_sets_arabic_in_a_pdf() -> None:
    text = pdf_text(made(compiled(recommendation(language="ar"), language="ar"), "pdf"))

    # A reader of PDF puts mixed lines into an order of its own; the words are all there.
    assert "CTOC" in text
    assert "التوصيات" in text


@needs_arabic_font
def test_it_sets_a_left_to_right_page_with_arabic_in_it() -> None:
    compilation = compiled(recommendation(1), recommendation(2, language="ar"))

    assert "States parties" in pdf_text(made(compilation, "pdf"))


def test_it_refuses_a_pdf_whose_letters_nothing_can_draw(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)
    monkeypatch.setattr(fonts, "_ARABIC", ("No Such Face",))

    with pytest.raises(exports.NoArabicFont, match="make setup"):
        made(compiled(recommendation(language="ar"), language="ar"), "pdf")
    assert made(compiled(recommendation()), "pdf").startswith(b"%PDF")


def test_it_sets_markup_as_plain_words() -> None:
    text = '#panic("no") $x$ *bold* [a] <label> \\ @ref // none'
    found = pdf_text(made(compiled(recommendation(text=text)), "pdf"))

    assert '#panic("no")' in found.replace("“", '"').replace("”", '"')


# ── direction ─────────────────────────────────────────────────────────────────────────────────────


@given(st.text(max_size=80), st.booleans())
def test_it_keeps_every_letter_of_a_line_it_cuts(text: str, rtl: bool) -> None:
    assert "".join(piece.text for piece in stretches(text, rtl=rtl)) == text


def test_it_keeps_a_symbol_whole() -> None:
    cut = stretches("في الوثيقة CTOC/COP/WG.9/2009/L.1/Add.3 أيضاً", rtl=True)

    assert [piece.text for piece in cut if not piece.rtl] == ["CTOC/COP/WG.9/2009/L.1/Add.3"]


def test_it_runs_a_citation_left_in_arabic_from_right_to_left() -> None:
    (only,) = stretches("CTOC/COP/2009/2، الفقرة 3 (أ)", rtl=False)

    assert only.rtl


def test_it_names_every_format_a_command_offers() -> None:
    assert set(exports.FORMATS) == {"text", "json", "csv", "xlsx", "docx", "pdf"}
    assert dataclasses.is_dataclass(exports.Exported)
