"""DOCX: numbers that Word counts, footnotes, tables, and what nobody is to see."""

from __future__ import annotations

import pytest

from marsad import reading
from marsad.reading.docx.numbering import written
from tests.reading.samples import W, any_docx, raw_docx


def level(depth: int, format_name: str, text: str, start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{format_name}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(levels: str, overrides: str = "") -> str:
    return (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{overrides}</w:num></w:numbering>'
    )


def numbered(text: str, depth: int = 0, list_id: int = 1) -> str:
    return (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>'
        f"</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
    )


def paragraph(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def read(body: str, **parts: str) -> str:
    return reading.read(raw_docx(body, **parts), name="report.docx").text


def test_it_reads_paragraphs_and_tables_in_their_order():
    found = reading.read(any_docx(), name="report.docx")

    assert found.text == "قرّر المؤتمر ما يلي\n\nDistr.: General\nCTOC/COP/2008/1\n\nوالسلام"
    assert (found.kind, found.layer, found.encoding) == ("docx", "plain", None)


def test_it_writes_the_numbers_word_counts():
    levels = level(0, "decimal", "%1.") + level(1, "arabicAbjad", "(%2)")
    body = "".join(
        [
            numbered("first"),
            numbered("sub", 1),
            numbered("sub", 1),
            numbered("second"),
            numbered("sub again", 1),
        ]
    )

    lines = read(body, numbering=numbering(levels)).split("\n\n")

    assert lines == ["1. first", "(أ) sub", "(ب) sub", "2. second", "(أ) sub again"]


def test_it_goes_on_counting_in_a_sister_list_and_restarts_when_told():
    levels = level(0, "decimal", "%1.")
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
    body = numbered("a") + numbered("b", list_id=2)

    assert read(body, numbering=numbering(levels)) == "1. a\n\n2. b"
    assert read(body, numbering=numbering(levels, restart)) == "1. a\n\n7. b"


def test_it_writes_numbers_that_a_style_brings():
    styles = (
        f'<w:styles {W}><w:style w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        '</w:pPr></w:style><w:style w:styleId="Own"><w:basedOn w:val="Base"/></w:style></w:styles>'
    )
    body = '<w:p><w:pPr><w:pStyle w:val="Own"/></w:pPr><w:r><w:t>text</w:t></w:r></w:p>'
    levels = level(0, "upperRoman", "%1.", start=4)

    assert read(body, numbering=numbering(levels), styles=styles) == "IV. text"


@pytest.mark.parametrize(
    ("number", "format_name", "wanted"),
    [
        (27, "lowerLetter", "aa"),
        (5, "arabicAbjad", "ه"),
        (4, "arabicAlpha", "ث"),
        (1994, "upperRoman", "MCMXCIV"),
        (3, "decimalZero", "03"),
        (21, "chineseCounting", "二十一"),
        (2, "russianLower", "б"),
        (3, "never heard of", "3"),
        (0, "lowerRoman", "0"),
    ],
)
def test_it_writes_each_format_as_word_does(number, format_name, wanted):
    assert written(number, format_name) == wanted


def test_it_reads_footnotes_after_the_text_and_marks_their_places():
    notes = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        f'<w:footnote w:id="4">{paragraph("<w:r><w:footnoteRef/></w:r>" + run(" Volume 2237."))}'
        f'</w:footnote><w:footnote w:id="2">{paragraph(run("* Starred."))}</w:footnote>'
        "</w:footnotes>"
    )
    body = paragraph(
        run("Protocol")
        + '<w:r><w:footnoteReference w:id="4"/></w:r>'
        + run(" and agenda")
        + '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t></w:r>'
    )

    assert read(body, footnotes=notes) == (
        "Protocol⁽¹⁾ and agenda*\n\n(1) Volume 2237.\n\n* Starred."
    )


def test_it_reads_what_was_inserted_and_not_what_was_deleted_or_hidden():
    body = paragraph(
        f"<w:ins>{run('kept ')}</w:ins><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        + run("secret", "<w:vanish/>")
        + run("seen", '<w:vanish w:val="0"/>')
        + "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    )

    assert read(body) == "kept seen"


def test_it_reads_breaks_boxes_and_content_controls():
    box = f"<w:r><w:pict><w:txbxContent>{paragraph(run('boxed'))}</w:txbxContent></w:pict></w:r>"
    body = (
        paragraph(run("a") + "<w:r><w:br/></w:r>" + run("b") + box)
        + f"<w:sdt><w:sdtContent>{paragraph(run('controlled'))}</w:sdtContent></w:sdt>"
        + paragraph(run("end") + '<w:r><w:br w:type="page"/></w:r>' + run("page two"))
    )

    found = reading.read(raw_docx(body), name="a.docx")

    assert found.text == "a\nb\n\nboxed\n\ncontrolled\n\nend\fpage two"
    assert found.pages == 2
