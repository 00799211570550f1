"""PDF: what was printed is what is read."""

from __future__ import annotations

import unicodedata

import pytest
from rapidfuzz.distance import Levenshtein

from marsad import reading
from marsad.reading.pdf.doubles import drawn_once
from marsad.reading.pdf.glyphs import Glyph
from marsad.reading.pdf.ligatures import plain_letters, spell
from marsad.reading.pdf.order import Sign, direction_of, read_line, turn_brackets
from tests.reading.samples import ARABIC, ENGLISH, FONTS, any_pdf, font_folders, printed, typeset


def one_line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


@pytest.mark.parametrize("font", FONTS)
def test_it_reads_printed_arabic_back(font):
    printed_pdf = printed(ARABIC, font=font, folders=font_folders(font))

    found = reading.read(printed_pdf, name="report.pdf")

    wanted = one_line(ARABIC)
    assert Levenshtein.distance(wanted, one_line(found.text)) <= 0.005 * len(wanted)
    assert (found.kind, found.layer) == ("pdf", "glyphs")


def test_it_reads_printed_english_back():
    assert one_line(reading.read(any_pdf(), name="a.pdf").text) == one_line(
        ENGLISH.replace("officials'", "officials’")
    )


def test_it_keeps_pages_in_order_and_apart():
    source = "\n#pagebreak()\n".join(f"Page number {n} of the report" for n in range(1, 4))
    told = []

    found = reading.read(
        typeset(source), name="a.pdf", progress=lambda done, all_: told.append((done, all_))
    )

    assert found.text.split("\f") == [f"Page number {n} of the report" for n in range(1, 4)]
    assert found.pages == 3
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_it_tells_raised_footnote_marks_from_figures():
    found = reading.read(
        typeset("the Protocol#super(typographic: false)[12] of the year 2000"), name="a.pdf"
    )

    assert found.text == "the Protocol¹² of the year 2000"


def test_it_puts_a_blank_line_between_paragraphs():
    found = reading.read(
        typeset("#set page(width: 8cm)\n" + "word " * 30 + "\n\n#v(1em)\n" + "next " * 30),
        name="a.pdf",
    )

    first, second = found.text.split("\n\n")
    assert first.split() == ["word"] * 30
    assert second.split() == ["next"] * 30


def test_it_reads_a_page_that_lies_on_its_side():
    import io

    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(typeset("#rotate(-90deg, reflow: true)[Turned words here]"))
    held = io.BytesIO()
    document.save(held)
    document.close()

    assert reading.read(held.getvalue(), name="a.pdf").text == "Turned words here"


def signs(visual: str) -> list[Sign]:
    return [Sign(text=c, direction=direction_of(c)) for c in visual]


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("رمتؤملا ررق", "قرر المؤتمر"),
        ("٢٠٠٨/١٢ خرؤملا", "المؤرخ ٢٠٠٨/١٢"),
        ("١٧-٨ ،انييف", "فيينا، ٨-١٧"),
        ("(د( ٢ دنبلا", "البند ٢ (د)"),
        (")د( ٢ دنبلا", "البند ٢ (د)"),
        ("V.08-55589 ةقيثولا", "الوثيقة V.08-55589"),
        ("word (x) نم", "من word (x)"),
        ("A/RES/55/25 رظنا", "انظر A/RES/55/25"),
    ],
)
def test_it_finds_the_order_of_writing(seen, meant):
    assert read_line(signs(seen), from_right=True) == meant


def test_it_reads_arabic_words_inside_an_english_line():
    assert read_line(signs("the word ةنام )1("), from_right=False) == "the word مانة )1("


@pytest.mark.parametrize("text", ["(أ) و(ب)", "قال «نعم» ثم [لا]", "أ) أولا", "(انظر"])
def test_it_leaves_brackets_that_are_right(text):
    assert turn_brackets(text) == text


def test_it_writes_letters_for_their_shapes():
    assert plain_letters("\ufefb\ufe8e\ufb01²") == "لاا" + "fi²"


def glyph(text: str, *, at: float = 0, base: float = 0, width: float = 8) -> Glyph:
    return Glyph(
        text=text,
        left=at,
        right=at + width,
        start=at,
        base=base,
        size=12,
        origin=(at, base),
        turns=0,
    )


@pytest.mark.parametrize(
    ("given", "spelled"),
    [
        ("ال", "لا"),
        ("لأ", "لأ"),
        ("يف", "في"),
        ("ضر", "ضر"),
        ("ني", "ين"),
        ("ًأل", "لأً"),
        ("fi", "fi"),
    ],
)
def test_it_spells_ligatures_forwards(given, spelled):
    drawn = glyph(given)

    spell([drawn])

    assert drawn.text == unicodedata.normalize("NFC", spelled)


def test_it_takes_the_body_and_the_dots_of_a_letter_for_one():
    body, dots, other = glyph("ث"), glyph("ث", at=2, base=3, width=3), glyph("ل", at=20)

    assert drawn_once([dots, body, other]) == [body, other]


def test_it_keeps_two_equal_letters_side_by_side():
    assert (
        len(drawn_once([glyph("ل"), glyph("ل", at=4), glyph("l", at=30), glyph("l", at=33)])) == 4
    )


def test_it_drops_what_was_printed_twice_to_look_bold():
    assert len(drawn_once([glyph("B"), glyph("B", at=0.3)])) == 1
