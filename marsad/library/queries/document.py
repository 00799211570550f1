"""Documents as lists and as pages: the reading view, the source beside it, the facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Func, IntegerField, Q, QuerySet
from django.utils.translation import gettext as _

from marsad import arabic
from marsad.directory import queries as directory
from marsad.directory.types import Reader
from marsad.library import problems
from marsad.library.models import Citation, Document, Ruling, Version
from marsad.library.queries import rights
from marsad.library.queries.quality import Quality, of_version
from marsad.library.queries.recommendation import cite
from marsad.library.types import DocumentCard, RulingCard, VersionCard
from marsad.library.words import PassageKind, StateRole, Verdict, distribution_name
from marsad.problems import said

#: What a list can be sorted by.
SORTS = {
    "year": "year",
    "symbol": "symbol",
    "body": "body",
    "added": "accepted_at",
}


@dataclass(frozen=True, kw_only=True)
class ListChoice:
    """What a reader chose to see of the shelf; empty means all."""

    words: str = ""
    language: str = ""
    year: int | None = None
    body: str = ""
    state: str = ""
    sort: str = ""
    withdrawn: bool = False


def shelf(*, reader: Reader, choice: ListChoice, language: str) -> list[DocumentCard]:
    """The documents the reader may see, narrowed and sorted as chosen."""
    documents = _chosen(reader, choice)
    name = choice.sort.removeprefix("-")
    order = SORTS.get(name, "year")
    descending = choice.sort.startswith("-") or not choice.sort
    found = documents.order_by(f"-{order}" if descending else order, "symbol", "id")
    return cards(found, language=language)


def _chosen(reader: Reader, choice: ListChoice) -> QuerySet[Document]:
    documents = rights.visible_documents(reader)
    if choice.withdrawn:
        rights.require_curator(reader)
        documents = Document.objects.filter(withdrawn_at__isnull=False)
    if choice.language:
        documents = documents.filter(versions__language=choice.language)
    if choice.year is not None:
        documents = documents.filter(year=choice.year)
    if choice.body:
        documents = documents.filter(body=choice.body)
    if choice.state:
        documents = documents.filter(versions__state_mentions__state_id=choice.state)
    if choice.words:
        words = choice.words.strip()
        stems = {term.term for term in arabic.terms(words)}
        named = [
            pk
            for pk, title in Version.objects.filter(document__in=documents).values_list(
                "document_id", "title"
            )
            if stems and stems <= {term.term for term in arabic.terms(title)}
        ]
        documents = documents.filter(Q(symbol__icontains=words) | Q(pk__in=named))
    return documents.distinct()


def cards(documents: QuerySet[Document], *, language: str) -> list[DocumentCard]:
    """Documents as a list shows them."""
    shown = Q(recommendations__texts__version__is_shown=True)
    counted = documents.annotate(
        recommendation_count=Count("recommendations", filter=shown, distinct=True)
    )
    light = Version.objects.only(
        "document_id", "language", "title", "is_shown", "is_chosen", "soundness"
    ).annotate(
        paragraph_count=Func(
            F("structure__paragraphs"),
            function="jsonb_array_length",
            output_field=IntegerField(),
        )
    )
    versions: defaultdict[int, list[Version]] = defaultdict(list)
    for version in light.filter(document__in=list(documents.values_list("pk", flat=True))):
        versions[version.document_id].append(version)
    return [
        _card(document, versions=versions[document.pk], language=language)
        for document in counted
        if versions[document.pk]
    ]


def _card(document: Document, *, versions: Sequence[Version], language: str) -> DocumentCard:
    shown = _best(versions, language=language)
    return DocumentCard(
        key=document.key,
        symbol=document.symbol,
        title=shown.title,
        language=shown.language,
        languages=sorted({version.language for version in versions}),
        body=document.body,
        session=document.session,
        year=document.year,
        document_date=document.document_date,
        paragraph_count=getattr(shown, "paragraph_count", None) or 0,
        recommendation_count=getattr(document, "recommendation_count", 0),
        version_count=len(versions),
        access=document.access,
        is_sample=document.is_sample,
    )


def _best(versions: Iterable[Version], *, language: str) -> Version:
    return min(
        versions,
        key=lambda version: (
            version.language != language,
            not version.is_shown,
            -version.soundness,
            version.pk,
        ),
    )


def list_choices(*, reader: Reader) -> Mapping[str, Sequence[Any]]:
    """Years, bodies and languages that occur on the shelf the reader sees."""
    documents = rights.visible_documents(reader)
    return {
        "years": sorted({year for year in documents.values_list("year", flat=True) if year})[::-1],
        "bodies": sorted({body for body in documents.values_list("body", flat=True) if body}),
        "languages": sorted(
            set(Version.objects.filter(document__in=documents).values_list("language", flat=True))
        ),
    }


# ── one document ─────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, kw_only=True)
class Line:
    """One line as it came and as it reads now."""

    #: From 1, as a person counts.
    number: int
    source: str
    text: str
    #: Records of the repair engine that touch it.
    changes: Sequence[Mapping[str, Any]]

    @property
    def changed(self) -> bool:
        return self.source != self.text


@dataclass(frozen=True, kw_only=True)
class Block:
    """A piece of the reading view: a heading, a paragraph, a headed recommendation…"""

    kind: str
    anchor: str
    #: Printed number, marker or letter.
    number: str
    text: str
    #: 1 for chapters, 2 below them; 0 for what is not a heading.
    level: int = 0
    items: Sequence[Mapping[str, Any]] = ()
    marks: Sequence[Mapping[str, Any]] = ()
    lines: Sequence[Line] = ()
    #: States by role in this paragraph: (role label, [(iso2, name)]).
    states: Sequence[tuple[str, Sequence[tuple[str, str]]]] = ()
    #: Idents of recommendations that stand in this paragraph.
    recommendations: Sequence[str] = ()
    citation: str = ""

    @property
    def change_count(self) -> int:
        return sum(len(line.changes) for line in self.lines)


@dataclass(frozen=True, kw_only=True)
class DocumentPage:
    """Everything the document page shows, in the reader's language where there is a version."""

    card: DocumentCard
    version: VersionCard
    versions: Sequence[VersionCard]
    structure: Mapping[str, Any]
    blocks: Sequence[Block]
    footnotes: Sequence[Block]
    #: Symbols it names: (symbol, key of the document if it is on the shelf and open).
    cites: Sequence[tuple[str, str]]
    #: Documents on the shelf that name this one.
    cited_by: Sequence[DocumentCard]
    #: role label → [(iso2, name, paragraph)].
    states: Sequence[tuple[str, Sequence[tuple[str, str, str]]]]
    #: Records of the repair engine.
    changes: Sequence[Mapping[str, Any]]
    may_curate: bool
    #: None for a text that is not Arabic.
    quality: Quality | None
    #: What the engine says of the text as a whole, in the reader's language.
    remarks: Sequence[str]
    #: What people ruled about the version shown, the newest first; for those who may rule.
    rulings: Sequence[RulingCard]
    #: Anchors of old whose passages are elsewhere now: {where now: [what it was called]}.
    former_anchors: Mapping[str, Sequence[str]]
    withdrawn: bool = False
    open_to_roles: Sequence[str] = field(default_factory=list)


def page(*, reader: Reader, key: str, language: str, version: str = "") -> DocumentPage:
    """The reading view of a document.

    :param language: the reader's; a version in it is shown where there is one.
    :param version: key of a version to show instead.
    :raises NoSuchDocument: if there is none, or it is not open to the reader.
    """
    document = _document(reader, key=key)
    versions = list(
        document.versions.select_related("original").defer("original__data", "sketch", "origins")
    )
    shown = next((each for each in versions if each.key == version), None)
    if version and shown is None:
        raise problems.NoSuchDocument(document=version)
    shown = shown or _best(versions, language=language)
    lines = _lines(shown)
    names = directory.state_names(language=language)
    return DocumentPage(
        card=cards(Document.objects.filter(pk=document.pk), language=shown.language)[0],
        version=version_card(shown),
        versions=[version_card(each) for each in versions],
        structure=shown.structure,
        blocks=list(_blocks(shown, document=document, lines=lines, names=names)),
        footnotes=list(_footnotes(shown, lines=lines)),
        cites=_cites(shown, reader=reader),
        cited_by=_cited_by(document, reader=reader, language=language),
        states=_states(shown, names=names),
        changes=shown.changes,
        may_curate=rights.may_curate(reader),
        quality=of_version(shown),
        remarks=[said(each["says"], each["details"]) for each in shown.remarks],
        rulings=_rulings(shown) if rights.may_curate(reader) else [],
        former_anchors=_by_place(shown.former_anchors),
        withdrawn=document.withdrawn_at is not None,
        open_to_roles=document.open_to_roles,
    )


def _rulings(version: Version) -> list[RulingCard]:
    standing = version.rulings.filter(taken_back_at__isnull=True)
    return [
        ruling_card(each)
        for each in standing.select_related("version__document", "by").order_by("-at", "-pk")
    ]


def ruling_card(ruling: Ruling) -> RulingCard:
    """A ruling as a page shows it."""
    return RulingCard(
        key=ruling.key,
        document_key=ruling.version.document.key,
        document_title=ruling.version.title,
        language=ruling.version.language,
        verdict=str(Verdict(ruling.verdict).label),
        before=ruling.before,
        after=ruling.after,
        by=ruling.by.name if ruling.by else "",
        at=ruling.at,
        is_carried=ruling.carried_from_id is not None,
    )


def _by_place(former: Mapping[str, str]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for old, new in former.items():
        found[new].append(old)
    return found


def _document(reader: Reader, *, key: str) -> Document:
    """A document on the shelf, or for curators one that was withdrawn."""
    try:
        return rights.document_for(reader, key=key)
    except problems.NoSuchDocument:
        if not rights.may_curate(reader):
            raise
        return rights.withdrawn_document(reader, key=key)


def version_of(*, reader: Reader, key: str, version: str = "", language: str = "") -> Version:
    """One version with its bytes and texts, for downloads and commands.

    :raises NoSuchDocument: as above.
    """
    document = _document(reader, key=key)
    versions = list(document.versions.select_related("original"))
    chosen = next((each for each in versions if each.key == version), None)
    if version and chosen is None:
        raise problems.NoSuchDocument(document=version)
    return chosen or _best(versions, language=language)


def document_and_version(
    *, reader: Reader, key: str, version: str, with_bytes: bool = False
) -> Version:
    """One version with its texts, its document known.

    :raises NoSuchDocument: if there is none, or it is not open to the reader.
    """
    versions = _document(reader, key=key).versions.select_related("document", "original")
    if not with_bytes:
        versions = versions.defer("original__data", "sketch")
    found = versions.filter(key=version).first()
    if found is None:
        raise problems.NoSuchDocument(document=version)
    return found


def version_card(version: Version) -> VersionCard:
    """A version without its texts."""
    return VersionCard(
        key=version.key,
        language=version.language,
        file_name=version.file_name,
        kind=version.kind,
        layer=version.layer,
        job_number=version.job_number,
        soundness=version.soundness,
        is_shown=version.is_shown,
        is_chosen=version.is_chosen,
        change_count=len(version.changes),
        size=version.original.size,
        added_at=version.added_at,
        notes=version.notes,
        being_made=version.wanted_at is not None,
        made_percent=version.made_percent,
        made_fault=version.made_fault,
    )


def split_lines(text: str) -> list[str]:
    """Lines as the engines count them: a page break ends a line too."""
    return text.replace("\f", "\n").split("\n")


def _lines(version: Version) -> list[Line]:
    source = split_lines(version.source_text)
    changes: defaultdict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for change in version.changes:
        changes[change["line"] - 1].append(change)
    pairs = zip(split_lines(version.text), version.source_lines, strict=False)
    return [
        Line(
            number=origin + 1,
            source=source[origin] if origin < len(source) else "",
            text=text,
            changes=changes[origin],
        )
        for text, origin in pairs
    ]


def _in(ranges: Iterable[Sequence[int]], *, lines: Sequence[Line]) -> list[Line]:
    return [
        lines[number]
        for first, last in ranges
        for number in range(first, min(last + 1, len(lines)))
        if lines[number].text.strip() or lines[number].source.strip()
    ]


def _blocks(
    version: Version, *, document: Document, lines: Sequence[Line], names: Mapping[str, str]
) -> Iterator[Block]:
    """Headings, paragraphs and headed recommendations in reading order."""
    structure = version.structure
    states = _states_by_paragraph(structure, names=names)
    recommended = _recommended_in(structure)

    def block(kind: str, record: Mapping[str, Any], *, level: int = 0) -> Block:
        number = str(record.get("printed") or record.get("number") or record.get("id") or "")
        anchor = str(record.get("stable_id") or record["id"])
        return Block(
            kind=kind,
            anchor=anchor,
            number=number,
            text=record.get("heading") or record.get("text") or "",
            level=level,
            items=record.get("items", []),
            marks=record.get("marks", []),
            lines=_in(record.get("lines", []), lines=lines),
            states=states.get(number, ()) if kind == PassageKind.PARAGRAPH else (),
            recommendations=recommended.get(number, ()) if kind == PassageKind.PARAGRAPH else (),
            citation=_citation(version, document=document, kind=kind, number=number),
        )

    found = [
        *(
            block(PassageKind.HEADING, section, level=section["level"])
            for section in _flat(structure.get("sections", []))
        ),
        *(block(PassageKind.PARAGRAPH, each) for each in structure.get("paragraphs", [])),
        *(
            block(PassageKind.RECOMMENDATION, each)
            for each in structure.get("recommendations", [])
            if each.get("headed")
        ),
        *(block("loose", each) for each in structure.get("loose", [])),
    ]
    yield from sorted(found, key=_place)


def _place(block: Block) -> tuple[int, int]:
    """Reading order: by first line; a heading before what begins on its line."""
    first = block.lines[0].number if block.lines else 10**9
    return first, 0 if block.kind == PassageKind.HEADING else 1


def _citation(version: Version, *, document: Document, kind: str, number: str) -> str:
    """In the language of the version where the interface speaks it too, else in English."""
    title = version.title
    language = version.language if version.language in ("ar", "en") else "en"
    if kind not in (PassageKind.PARAGRAPH, PassageKind.RECOMMENDATION) or not number:
        return document.symbol or title
    return cite(
        symbol=document.symbol,
        title=title,
        ident=number,
        is_headed=kind == PassageKind.RECOMMENDATION,
        language=language,
    )


def _flat(sections: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for section in sections:
        yield section
        yield from _flat(section.get("sections", []))


def _states_by_paragraph(
    structure: Mapping[str, Any], *, names: Mapping[str, str]
) -> dict[str, list[tuple[str, Sequence[tuple[str, str]]]]]:
    found: defaultdict[str, list[tuple[str, Sequence[tuple[str, str]]]]] = defaultdict(list)
    for states in structure.get("states", []):
        role = str(StateRole(states["role"]).label)
        members = [(iso2, names.get(iso2, iso2)) for iso2 in states["iso2"]]
        found[str(states["paragraph"])].append((role, members))
    return found


def _recommended_in(structure: Mapping[str, Any]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for recommendation in structure.get("recommendations", []):
        if not recommendation.get("headed") and recommendation.get("paragraph") is not None:
            found[str(recommendation["paragraph"])].append(recommendation["id"])
    return found


def _footnotes(version: Version, *, lines: Sequence[Line]) -> Iterator[Block]:
    for footnote in version.structure.get("footnotes", []):
        yield Block(
            kind=PassageKind.FOOTNOTE,
            anchor=f"note-{footnote['marker']}",
            number=footnote["marker"],
            text=footnote["text"],
            lines=_in(footnote.get("lines", []), lines=lines),
        )


def _cites(version: Version, *, reader: Reader) -> list[tuple[str, str]]:
    symbols = list(version.citations.order_by("symbol").values_list("symbol", flat=True))
    here = dict(
        rights.visible_documents(reader).filter(symbol__in=symbols).values_list("symbol", "key")
    )
    return [(symbol, here.get(symbol, "")) for symbol in symbols]


def _cited_by(document: Document, *, reader: Reader, language: str) -> list[DocumentCard]:
    if not document.symbol:
        return []
    naming = Citation.objects.filter(symbol=document.symbol).values("version__document")
    found = rights.visible_documents(reader).filter(pk__in=naming).exclude(pk=document.pk)
    return cards(found, language=language)


def _states(
    version: Version, *, names: Mapping[str, str]
) -> list[tuple[str, Sequence[tuple[str, str, str]]]]:
    found: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for mention in version.state_mentions.all():
        found[mention.role].append(
            (mention.state_id, names.get(mention.state_id, mention.state_id), mention.paragraph)
        )
    return [(str(StateRole(role).label), found[role]) for role in StateRole.values if role in found]


def front_matter(structure: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the document says of itself, label → value, only what it states."""
    meeting = structure.get("meeting") or {}
    stated = [
        (_("Symbol"), structure.get("symbol")),
        (_("Job number"), structure.get("job_number")),
        (_("Body"), structure.get("body")),
        (_("Session"), structure.get("session")),
        (_("Place"), meeting.get("place")),
        (_("Distribution"), distribution_name(structure.get("distribution") or "")),
        (_("Agenda item"), structure.get("agenda_item")),
    ]
    return [(label, str(value)) for label, value in stated if value not in (None, "")]
