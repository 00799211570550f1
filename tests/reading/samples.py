"""Files made on the spot: nothing of another's making is kept in the repository."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pypdfium2 as pdfium
import pytest
import typst
from PIL import Image

ROOT = Path(__file__).parents[2]
FONT_PLACES = [
    ROOT / "marsad/design/static/design/fonts",
    ROOT / "node_modules/@expo-google-fonts",
]
FONTS = {
    "Amiri": "amiri*400*.ttf",
    "Noto Naskh Arabic": "[Nn]oto*[Nn]askh*400*.ttf",
    "IBM Plex Sans Arabic": "[Ii][Bb][Mm]*[Pp]lex*400*.ttf",
}

ARABIC = """\
مؤتمر الأطراف في اتفاقية المدن الهادئة (CTOC/COP/2008/1)

أولا - مقدّمة

١- قرّر المؤتمر، في مقرره ٣/٣ المؤرَّخ ١٨ تموز/يوليه ٢٠٠٨، أن يُنشئ فريقا عاملا مؤقتا معنيا \
بالاتِّجار بالأشخاص (انظر الوثيقة A/RES/55/25)، وأن يقدِّم إليه الأمين تقريرا عن أعماله.

٢- وعُقد الاجتماع في فيينا يومي ١٤ و١٥ نيسان/أبريل ٢٠٠٩ (من الساعة ٠٠/١٠ إلى الساعة ٠٠/١٨)، \
وحضره ٢٣٧ مشاركا يمثلون ٥٥ دولة طرفا، أي ٤٢ % من المجموع.

(أ) ينبغي للدول الأطراف أن تولي الأولوية للضحايا، لا للجناة؛

(ب) لا يجوز إلا للسلطات المختصة أن تُصدر «تصريحا مؤقتا» أو “إذنا” أو [ترخيصا]؛

(ج) وينبغي للأمانة (مكتب United Nations Office on Quiet Cities في فيينا) أن تجمع الآراء.

٣- ولاحظ الفريق أنَّ الأطفال والأمهات والآباء هم الأكثر تأثرا؛ فلا بد من إيلائهم العناية، \
لأنّ الإحصاءات لا تُظهر سوى ٢٬٥٠٠ حالة من أصل ١٠٬٠٠٠ حالة (٢٥ في المائة).

٤- وأشار المتكلمون إلى المجلد ٢٢٣٧، الرقم ٣٩٥٧٤، وإلى الموقع www.example.org ووثيقة V.08-55589 (A).
"""

ENGLISH = """\
13. The Conference decided to establish, in accordance with article 32, an open-ended working
group (see A/RES/55/25) and to review its efficient officials' findings.
"""


def font_folders(font: str) -> list[str]:
    """Where the TTF of `font` lies; the test is skipped where it lies nowhere."""
    for place in FONT_PLACES:
        if place.is_dir() and any(place.rglob(FONTS[font])):
            return [str(place)]
    pytest.skip(f"no TTF of {font} on this machine")


def printed(
    text: str, *, font: str, language: str = "ar", folders: list[str] | None = None
) -> bytes:
    """`text` as a PDF."""
    head = (
        "#set page(width: 16cm, height: 20cm)\n"
        f'#set text(font: "{font}", lang: "{language}", size: 12pt)\n'
        "#set par(justify: true)\n"
    )
    return typeset(head + escaped(text), folders=folders)


def escaped(text: str) -> str:
    """`text` as typst is to be told it, sign for sign."""
    return re.sub(r"([#*_$@<>`\\\[\]~=+/-])", r"\\\1", text)


def typeset(source: str, *, folders: list[str] | None = None) -> bytes:
    """A typst source as a PDF."""
    return bytes(typst.compile(source.encode(), font_paths=folders or []))


def any_pdf() -> bytes:
    """A PDF in a typeface that comes with the typst wheel."""
    return printed(ENGLISH, font="Libertinus Serif", language="en")


def empty_pdf(pages: int = 1) -> bytes:
    """A PDF whose pages hold nothing."""
    document = pdfium.PdfDocument.new()
    for _page in range(pages):
        document.new_page(200, 200)
    held = io.BytesIO()
    document.save(held)
    document.close()
    return held.getvalue()


def picture(format_name: str = "PNG", size: tuple[int, int] = (60, 40)) -> bytes:
    """A white picture."""
    held = io.BytesIO()
    Image.new("L", size, 255).save(held, format=format_name)
    return held.getvalue()


def saved(document: docx.document.Document) -> bytes:
    """The bytes of a DOCX."""
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def any_docx() -> bytes:
    """A small DOCX of paragraphs and a table."""
    document = docx.Document()
    document.add_paragraph("قرّر المؤتمر ما يلي")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "Distr.: General"
    table.cell(0, 1).text = "CTOC/COP/2008/1"
    document.add_paragraph("والسلام")
    return saved(document)


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def raw_docx(body: str, **parts: str) -> bytes:
    """A DOCX of `body` (WordprocessingML) and other parts of `word/` by their names."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>"
        )
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return held.getvalue()


def raw_pdf(content: bytes, filters: str) -> bytes:
    """A PDF of one page whose content is `content`, said to be packed by `filters`."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Filter[{filters}]/Length {len(content)}>>stream\n".encode() + content + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    made = b"%PDF-1.4\n"
    for number, each in enumerate(objects, 1):
        made += b"%d 0 obj" % number + each + b"endobj\n"
    return made + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n0\n%%EOF"
