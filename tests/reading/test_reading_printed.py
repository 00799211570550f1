"""Known text printed in three Arabic fonts, and read back: by typst, and by a browser."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from html import escape
from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein

from marsad import arabic, reading
from tests.reading.samples import ARABIC, FONTS, escaped, font_folders, printed, typeset
from tests.reading.test_reading_pdf import one_line

CORPUS = Path(__file__).parents[2] / "marsad/arabic/data/corpus/resolutions.txt"


@cache
def known_text() -> str:
    """Two pages of Arabic of our own: marks, digits, brackets, Latin, lam-alef on every line."""
    paragraphs = CORPUS.read_text(encoding="utf-8").split("\n")[1:40]
    return "\n\n".join([*paragraphs, ARABIC])


@cache
def read_back(font: str) -> str:
    data = printed(known_text(), font=font, folders=font_folders(font))
    return reading.read(data, name="report.pdf").text


@pytest.mark.parametrize("font", FONTS)
def test_it_reads_two_pages_of_known_text_nearly_without_error(font):
    wanted = one_line(known_text())
    found = one_line(read_back(font))
    assert Levenshtein.distance(wanted, found) <= 0.002 * len(wanted)


@pytest.mark.parametrize("font", FONTS)
def test_repair_makes_what_was_read_from_a_pdf_no_worse(font):
    wanted = one_line(known_text())
    found = read_back(font)
    mended = one_line(arabic.repair(found).text)
    assert Levenshtein.distance(wanted, mended) <= Levenshtein.distance(wanted, one_line(found))


@pytest.mark.parametrize("font", FONTS)
def test_it_reads_columns_of_running_text_one_after_the_other(font):
    paragraphs = CORPUS.read_text(encoding="utf-8").split("\n")[3:15]
    head = (
        "#set page(width: 20cm, height: 24cm)\n"
        f'#set text(font: "{font}", lang: "ar", size: 11pt)\n#set par(justify: true)\n'
    )
    body = "\n\n".join(escaped(each) for each in paragraphs)
    columns = f"{escaped('أولا- مقدمة')}\n\n#columns(2, gutter: 1cm)[{body}]"

    data = typeset(head + columns, folders=font_folders(font))

    wanted = one_line(" ".join(["أولا- مقدمة", *paragraphs]))
    found = one_line(reading.read(data, name="a.pdf").text)
    assert Levenshtein.distance(wanted, found) <= 0.01 * len(wanted)


@pytest.mark.parametrize("font", FONTS)
def test_it_reads_the_rows_of_a_table_across(font):
    cells = [
        "الدولة",
        "عدد الضحايا",
        "السنة",
        "النمسا",
        "١٢٣",
        "٢٠٠٨",
        "لبنان",
        "٤٥٦ (تقدير)",
        "٢٠٠٩",
    ]
    cells += ["الأردن", "٧", "٢٠١٠", "تونس", "١٢", "٢٠١١", "المغرب", "٨٩", "٢٠١٢"]
    row = ", ".join(f"[{cell}]" for cell in cells)
    source = f'#set text(font: "{font}", lang: "ar")\n#table(columns: (1fr, 1fr, 1fr), {row})'

    found = reading.read(typeset(source, folders=font_folders(font)), name="a.pdf")

    assert found.text.split() == " ".join(cells).split()


@pytest.mark.parametrize("font", FONTS)
def test_it_reads_headings_and_footnotes_in_their_place(font):
    source = (
        f'#set page(height: 12cm)\n#set text(font: "{font}", lang: "ar")\n'
        "= أولا\\- مقدمة\n\nقرر المؤتمر ما يلي"
        "#footnote[الأمم المتحدة، المجلد ٢٢٣٧، الرقم ٣٩٥٧٤ (A/RES/55/25).]\n"
        "\n= ثانيا\\- التوصيات\n\nينبغي للدول الأطراف أن تكفل حماية الضحايا\n"
    )

    found = reading.read(typeset(source, folders=font_folders(font)), name="a.pdf").text

    lines = [line for line in found.split("\n") if line]
    assert lines[0] == "أولا- مقدمة"
    assert lines[1].startswith("قرر المؤتمر ما يلي")
    assert lines[2:4] == ["ثانيا- التوصيات", "ينبغي للدول الأطراف أن تكفل حماية الضحايا"]
    assert lines[-1].endswith("الأمم المتحدة، المجلد ٢٢٣٧، الرقم ٣٩٥٧٤ (A/RES/55/25).")


@pytest.mark.browser
@pytest.mark.parametrize("font", FONTS)
def test_it_reads_back_what_a_browser_printed(font, chromium):
    (file,) = Path(font_folders(font)[0]).glob(FONTS[font])
    paragraphs = "".join(f"<p>{escape(each)}</p>" for each in known_text().split("\n\n"))
    page = chromium.new_page()
    page.set_content(
        "<html lang=ar dir=rtl><style>@font-face { font-family: known; "
        f"src: url(data:font/ttf;base64,{b64encode(file.read_bytes()).decode()}) }} "
        f"body {{ font: 12pt known; text-align: justify }}</style>{paragraphs}"
    )
    page.evaluate("document.fonts.ready")
    data = page.pdf(format="A4")
    page.close()

    wanted = one_line(known_text())
    found = one_line(reading.read(data, name="report.pdf").text)
    assert Levenshtein.distance(wanted, found) <= 0.005 * len(wanted)
