"""Writing Word files in either direction.

python-docx opens, styles and packs the file; the paragraphs are built here, because it knows
nothing of right to left. In an Arabic file every paragraph says `w:bidi`, every Arabic run `w:rtl`
(a run without it is left to right, which keeps a symbol in order), every table `w:bidiVisual`, and
the section turns its own margins. Bold and size have a second element for complex scripts (`w:bCs`,
`w:szCs`), without which Arabic stays thin and small.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from lxml import etree

from marsad.design.printing.direction import is_rtl, stretches
from marsad.design.printing.made import clean, moment, steady_archive
from marsad.design.printing.palette import ACCENT, INK, QUIET, RULE, WARNING

#: Face for both scripts: on every Windows and Mac with Word, and it has Arabic letters.
_FACE = "Times New Roman"

#: From margin to margin of the page, in twentieths of a point.
_LINE = 9638

#: Word's own name for the style of a footnote's mark.
_MARK = "footnote reference"

# What may follow each element in its parent: the schema wants them in order, and Word refuses
# some files where they are not.
_AFTER_BIDI = (
    "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing",
    "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment",
    "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr",
)  # fmt: skip
_AFTER_BORDER = (
    "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct",
    "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", *_AFTER_BIDI,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Look:
    """How a paragraph style looks; measures in points."""

    size: float
    bold: bool = False
    colour: str = INK
    before: float = 0
    after: float = 6
    #: Space from the leading margin, and how far the first line hangs back into it.
    indent: float = 0
    hanging: float = 0
    line: float = 1.15
    keep_with_next: bool = False
    #: A rule under the paragraph.
    ruled: bool = False


#: Our own names and Word's; "Heading 1" stays a real heading.
LOOKS = {
    "Title": Look(
        size=22, bold=True, colour=INK, before=6, after=4, line=1.05, keep_with_next=True
    ),
    "Subtitle": Look(size=11, colour=QUIET, after=6, keep_with_next=True),
    "Heading 1": Look(
        size=15, bold=True, colour=ACCENT, before=20, after=8, keep_with_next=True, ruled=True
    ),
    "Heading 2": Look(size=13, bold=True, before=14, after=6, keep_with_next=True),
    "Heading 3": Look(size=12, bold=True, colour=QUIET, before=12, after=4, keep_with_next=True),
    "Body Text": Look(size=12, after=7),
    "Numbered Paragraph": Look(size=12, after=7, indent=34, hanging=34),
    "Lettered Item": Look(size=12, after=5, indent=68, hanging=34),
    "Recommendation": Look(size=12, before=8, after=3, indent=34, hanging=34, keep_with_next=True),
    "Recommendation Part": Look(size=12, after=3, indent=34, keep_with_next=True),
    "Citation": Look(size=10.5, colour=ACCENT, after=1, indent=34, keep_with_next=True),
    "Extract": Look(size=11.5, after=2, indent=51),
    "Extract Source": Look(size=10, colour=QUIET, after=8, indent=51, line=1.05),
    "Figure Title": Look(size=11, bold=True, before=8, after=3, keep_with_next=True),
    "Picture": Look(size=12, before=2, after=4, keep_with_next=True),
    "Note": Look(size=10, colour=QUIET, after=1, indent=34, line=1.05),
    "Small": Look(size=10, colour=QUIET, after=4, line=1.05),
    "Sample Notice": Look(size=11, bold=True, colour=WARNING, after=10),
    "Table Cell": Look(size=10, after=2, line=1.05),
    "Table Head": Look(size=10, bold=True, colour=ACCENT, after=2, line=1.05),
    "Header": Look(size=9, colour=QUIET, after=0),
    "Footer": Look(size=9, colour=QUIET, after=0),
    "footnote text": Look(size=10, after=2, line=1.05),
}


@dataclass(frozen=True, kw_only=True)
class Words:
    """Words that go into a paragraph together."""

    text: str
    bold: bool = False
    colour: str | None = None
    #: The language, where it is not the paragraph's.
    language: str | None = None
    #: The marker of a footnote that stands after these words; empty where there is none.
    marker: str = ""
    #: The text of that footnote; empty where the marker repeats one already given.
    note: str = ""


class Paper:
    """A Word file being written, in one language."""

    def __init__(self, *, language: str, title: str, subject: str) -> None:
        self.language = language
        self.rtl = is_rtl(language)
        self._document = Document()
        self._body: BaseOxmlElement = self._document.element.body
        self._notes: list[tuple[str, str]] = []
        #: Style name → its id in the file; asking python-docx each time costs more than the rest.
        self._identities: dict[str, str] = {}
        core = self._document.core_properties
        core.title, core.subject, core.language = clean(title)[:255], subject[:255], language
        core.author = core.last_modified_by = "Marsad"
        core.comments = ""
        self._page()
        self._styles()

    # ── what a writer calls ──────────────────────────────────────────────────────────────────

    def paragraph(
        self, *words: Words | str, style: str = "Body Text", language: str | None = None
    ) -> None:
        """Add a paragraph at the end."""
        self._append(self._paragraph(words, style=style, language=language))

    def table(
        self, rows: Iterable[Sequence[str]], *, header: Sequence[str] = (), widths: Sequence[int]
    ) -> None:
        """Add a table; `widths` are shares of the line, and a header repeats on every page."""
        total = sum(widths)
        shares = [_LINE * width // total for width in widths]
        table = _element("w:tbl", children=[self._table_properties()])
        grid = [_element("w:gridCol", {"w": str(share)}) for share in shares]
        table.append(_element("w:tblGrid", children=grid))
        if header:
            table.append(self._row(header, shares, style="Table Head", repeats=True))
        for row in rows:
            table.append(self._row(row, shares, style="Table Cell", repeats=False))
        self._append(table)
        self.paragraph(style="Small")  # two tables would grow together, and a section needs an end

    def picture(self, png: bytes, *, width: float, says: str) -> None:
        """Add a picture in a line of its own.

        :param width: in millimetres.
        :param says: what it shows, for whoever does not see it.
        """
        shape = self._document.add_picture(io.BytesIO(png), width=Mm(width))
        shape._inline.docPr.set("descr", clean(says))
        drawn = cast(BaseOxmlElement, self._body[-2])
        drawn.insert(0, self._paragraph([], style="Picture", language=None)[0])

    def masthead(self, leading: Sequence[str], trailing: Sequence[str]) -> None:
        """Add the two columns at the head of a document, the second set against the far edge."""
        properties = _element("w:tblPr", children=self._direction_of_table())
        properties.append(_element("w:tblW", {"w": "5000", "type": "pct"}))
        properties.append(_table_borders(bottom=("single", "12", INK)))
        row = _element("w:tr")
        for lines, width, far in ((leading, "6000", False), (trailing, "3638", True)):
            cell = _element("w:tc")
            cell.append(
                _element("w:tcPr", children=[_element("w:tcW", {"w": width, "type": "dxa"})])
            )
            for place, line in enumerate(lines or [""]):
                first = Words(text=line, bold=place == 0)
                paragraph = self._paragraph([first], style="Table Cell", language=None)
                if far:  # "right" is the far edge in a right-to-left paragraph too
                    paragraph[0].append(_element("w:jc", {"val": "right"}))
                cell.append(paragraph)
            row.append(cell)
        grid = [_element("w:gridCol", {"w": width}) for width in ("6000", "3638")]
        table = _element("w:tbl", children=[properties, _element("w:tblGrid", children=grid), row])
        self._append(table)
        self.paragraph(style="Small")

    def running(self, *, head: str, foot: str, page_words: str) -> None:
        """Set the line above every page, and the line below it with the page's number.

        :param page_words: words with `{page}` and `{pages}` in them.
        """
        section = self._document.sections[0]
        for part, text, style in (
            (section.header, head, "Header"),
            (section.footer, foot, "Footer"),
        ):
            part.is_linked_to_previous = False
            holder: BaseOxmlElement = part._element
            for old in list(holder):
                holder.remove(old)
            paragraph = self._paragraph([text], style=style, language=None)
            if style == "Footer":
                self._add_page_number(paragraph, page_words)
            holder.append(paragraph)

    def save(self, *, day: date | None) -> bytes:
        """The finished file; the same content and day give the same bytes."""
        core = self._document.core_properties
        core.created = core.modified = moment(day).replace(tzinfo=None)
        core.revision = 1
        if self._notes:
            self._add_footnotes_part()
        out = io.BytesIO()
        self._document.save(out)
        return steady_archive(out.getvalue(), day=day, instead={})

    # ── page and styles ──────────────────────────────────────────────────────────────────────

    def _page(self) -> None:
        section = self._document.sections[0]
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(20)
        section.top_margin, section.bottom_margin = Mm(24), Mm(22)
        section.header_distance = section.footer_distance = Mm(11)
        if self.rtl:
            properties: BaseOxmlElement = section._sectPr
            after = ("w:docGrid", "w:printerSettings", "w:sectPrChange")
            properties.insert_element_before(_element("w:bidi"), "w:rtlGutter", *after)
            properties.insert_element_before(_element("w:rtlGutter"), *after)

    def _styles(self) -> None:
        normal = self._document.styles["Normal"]
        if not isinstance(normal, ParagraphStyle):
            raise TypeError("The template of python-docx has lost its Normal style.")
        self._dress(normal, Look(size=12))
        for name, look in LOOKS.items():
            style = self._style(name)
            self._dress(style, look)
            self._identities[name] = style.style_id
        mark = self._document.styles.add_style(_MARK, WD_STYLE_TYPE.CHARACTER)
        mark.element.get_or_add_rPr().append(_element("w:vertAlign", {"val": "superscript"}))

    def _style(self, name: str) -> ParagraphStyle:
        styles = self._document.styles
        style = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        if not isinstance(style, ParagraphStyle):
            raise TypeError(f"{name} is not a paragraph style.")
        return style

    def _dress(self, style: ParagraphStyle, look: Look) -> None:
        style.quick_style = True
        style.hidden = False
        shape = style.paragraph_format
        shape.space_before, shape.space_after = Pt(look.before), Pt(look.after)
        shape.line_spacing = look.line
        shape.left_indent, shape.first_line_indent = Pt(look.indent), Pt(-look.hanging)
        shape.keep_with_next = look.keep_with_next
        shape.widow_control = True
        properties: BaseOxmlElement = style.element.get_or_add_pPr()
        for old in (*properties.findall(qn("w:pBdr")), *properties.findall(qn("w:tabs"))):
            properties.remove(old)
        if look.ruled:
            border = {"val": "single", "sz": "4", "space": "3", "color": RULE}
            ruled = _element("w:pBdr", children=[_element("w:bottom", border)])
            properties.insert_element_before(ruled, *_AFTER_BORDER)
        if self.rtl:
            properties.insert_element_before(_element("w:bidi"), *_AFTER_BIDI)
        _replace_run_properties(style.element, look, language=self.language)

    # ── paragraphs and runs ──────────────────────────────────────────────────────────────────

    def _paragraph(
        self, words: Iterable[Words | str], *, style: str, language: str | None
    ) -> BaseOxmlElement:
        rtl = self.rtl if language is None else is_rtl(language)
        named = {"val": self._identities[style]}
        properties = _element("w:pPr", children=[_element("w:pStyle", named)])
        if rtl:
            properties.append(_element("w:bidi"))
        elif self.rtl:
            properties.append(_element("w:bidi", {"val": "0"}))
        paragraph = _element("w:p", children=[properties])
        for each in words:
            said = Words(text=each) if isinstance(each, str) else each
            for run in self._runs(said, language=language or self.language):
                paragraph.append(run)
        return paragraph

    def _runs(self, words: Words, *, language: str) -> Iterable[BaseOxmlElement]:
        spoken = words.language or language
        for stretch in stretches(clean(words.text), rtl=is_rtl(spoken)):
            yield _run(stretch.text, words, rtl=stretch.rtl, language=spoken)
        if words.note:
            self._notes.append((words.marker, words.note))
            yield _footnote_reference(len(self._notes), marker=words.marker)
        elif words.marker:
            yield _run_of_marker(words.marker)

    def _add_page_number(self, paragraph: BaseOxmlElement, page_words: str) -> None:
        tab = _element("w:tab", {"val": "right", "pos": str(_LINE)})
        paragraph[0].insert(1, _element("w:tabs", children=[tab]))
        paragraph.append(_element("w:r", children=[_element("w:tab")]))
        fields = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
        for piece in re.split(r"(\{pages?\})", page_words):
            if piece in fields:
                field = _element("w:fldSimple", {"instr": fields[piece]})
                field.append(_run("1", Words(text="1"), rtl=self.rtl, language=self.language))
                paragraph.append(field)
            elif piece:
                paragraph.extend(self._runs(Words(text=piece), language=self.language))

    # ── tables ───────────────────────────────────────────────────────────────────────────────

    def _direction_of_table(self) -> list[BaseOxmlElement]:
        return [_element("w:bidiVisual")] if self.rtl else []

    def _table_properties(self) -> BaseOxmlElement:
        properties = _element("w:tblPr", children=self._direction_of_table())
        properties.append(_element("w:tblW", {"w": str(_LINE), "type": "dxa"}))
        line = ("single", "4", RULE)
        properties.append(_table_borders(top=line, bottom=line, insideH=line))
        properties.append(_element("w:tblLayout", {"type": "fixed"}))
        return properties

    def _row(
        self, cells: Sequence[str], shares: Sequence[int], *, style: str, repeats: bool
    ) -> BaseOxmlElement:
        properties = _element("w:trPr", children=[_element("w:cantSplit")])
        if repeats:
            properties.append(_element("w:tblHeader"))
        row = _element("w:tr", children=[properties])
        for text, share in zip(cells, shares, strict=True):
            width = _element("w:tcW", {"w": str(share), "type": "dxa"})
            cell = _element("w:tc", children=[_element("w:tcPr", children=[width])])
            cell.append(self._paragraph([text], style=style, language=None))
            row.append(cell)
        return row

    # ── footnotes ────────────────────────────────────────────────────────────────────────────

    def _add_footnotes_part(self) -> None:
        """Write the footnotes into a part of their own: python-docx has none to offer."""
        root = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
        for place, (kind, inside) in enumerate(
            (("separator", "w:separator"), ("continuationSeparator", "w:continuationSeparator"))
        ):
            line = _element("w:p", children=[_element("w:r", children=[_element(inside)])])
            root.append(
                _element("w:footnote", {"type": kind, "id": str(place - 1)}, children=[line])
            )
        for place, (marker, text) in enumerate(self._notes, start=1):
            line = self._paragraph([f" {text}"], style="footnote text", language=None)
            line.insert(1, _run_of_marker(marker))
            root.append(_element("w:footnote", {"id": str(place)}, children=[line]))
        part = Part(
            PackURI("/word/footnotes.xml"),
            CONTENT_TYPE.WML_FOOTNOTES,
            etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True),
            self._document.part.package,
        )
        self._document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    def _append(self, block: BaseOxmlElement) -> None:
        """Put a block before the section's own properties, which close the body."""
        self._body[-1].addprevious(block)


def _element(
    tag: str, attributes: dict[str, str] | None = None, *, children: Iterable[BaseOxmlElement] = ()
) -> BaseOxmlElement:
    named = {qn(f"w:{name}"): value for name, value in (attributes or {}).items()}
    made = cast(BaseOxmlElement, OxmlElement(tag, named))
    made.extend(children)
    return made


def _run(text: str, words: Words, *, rtl: bool, language: str) -> BaseOxmlElement:
    properties = _element("w:rPr")
    if words.bold:
        properties.extend([_element("w:b"), _element("w:bCs")])
    if words.colour:
        properties.append(_element("w:color", {"val": words.colour}))
    if rtl:
        properties.append(_element("w:rtl"))
        properties.append(_element("w:lang", {"bidi": language if is_rtl(language) else "ar"}))
    elif is_rtl(language):
        properties.append(_element("w:lang", {"val": "en"}))
    elif words.language:
        properties.append(_element("w:lang", {"val": language}))
    run = _element("w:r", children=[properties] if len(properties) else [])
    for place, piece in enumerate(text.split("\t")):
        if place:
            run.append(_element("w:tab"))
        if piece:
            written = _element("w:t")
            written.text = piece
            written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.append(written)
    return run


def _superscript() -> BaseOxmlElement:
    return _element("w:rPr", children=[_element("w:rStyle", {"val": _MARK.replace(" ", "")})])


def _footnote_reference(number: int, *, marker: str) -> BaseOxmlElement:
    """The mark in the text: the document's own marker, not a number Word would give it."""
    reference = _element("w:footnoteReference", {"customMarkFollows": "1", "id": str(number)})
    written = _element("w:t")
    written.text = marker
    return _element("w:r", children=[_superscript(), reference, written])


def _run_of_marker(marker: str) -> BaseOxmlElement:
    written = _element("w:t")
    written.text = marker
    return _element("w:r", children=[_superscript(), written])


def _table_borders(**edges: tuple[str, str, str]) -> BaseOxmlElement:
    order = ("top", "left", "bottom", "right", "insideH", "insideV")
    return _element(
        "w:tblBorders",
        children=[
            _element(
                f"w:{name}",
                dict(zip(("val", "sz", "color"), edges[name], strict=True)) | {"space": "0"},
            )
            for name in order
            if name in edges
        ],
    )


def _replace_run_properties(style: BaseOxmlElement, look: Look, *, language: str) -> None:
    """Give a style its face, weight, size and colour, for both kinds of script."""
    old = style.find(qn("w:rPr"))
    faces = dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), _FACE)
    properties = _element("w:rPr", children=[_element("w:rFonts", faces)])
    if look.bold:
        properties.extend([_element("w:b"), _element("w:bCs")])
    properties.append(_element("w:color", {"val": look.colour}))
    properties.append(_element("w:sz", {"val": str(round(look.size * 2))}))
    # Arabic letters are drawn smaller than Latin ones of the same size.
    properties.append(_element("w:szCs", {"val": str(round(look.size * 2) + 4)}))
    spoken = {"bidi": language} if is_rtl(language) else {"val": language}
    properties.append(_element("w:lang", spoken))
    if old is not None:
        style.replace(old, properties)
    else:
        style.append(properties)
