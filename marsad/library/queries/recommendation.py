"""The index and the compilation of recommendations over all documents a reader may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from marsad.design.formatting import for_reader
from marsad.directory.types import Reader
from marsad.library import problems
from marsad.library.models import Likeness, Recommendation, RecommendationText, Theme, Version
from marsad.library.queries import rights
from marsad.library.queries.theme import label
from marsad.library.terms import question
from marsad.library.types import (
    Compilation,
    ProvisionServed,
    RecommendationGroup,
    RecommendationRow,
    ThemeLabel,
)
from marsad.library.words import Addressee, LikenessState, Strength, instrument_name


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What a reader chose to see; empty means all."""

    theme: str = ""
    addressee: str = ""
    strength: str = ""
    year: int | None = None
    body: str = ""
    #: `TIP Protocol 9` or `UNTOC`: instrument, then article where one is meant.
    provision: str = ""
    document: str = ""
    words: str = ""
    #: `theme`, `meeting` or empty.
    group_by: str = ""

    def check(self) -> None:
        """:raises UnknownChoice: if a code is on none of the lists; `UnknownTheme` for themes."""
        _require(self.addressee, Addressee.values, what=_("addressee"))
        _require(self.strength, Strength.values, what=_("strength"))
        _require(self.group_by, ["theme", "meeting"], what=_("grouping"))
        if self.theme and not Theme.objects.filter(code=self.theme).exists():
            raise problems.UnknownTheme(theme=self.theme)


def _require(given: str, known: Sequence[str], *, what: str) -> None:
    if given and given not in known:
        raise problems.UnknownChoice(given=given, what=what, choices=", ".join(known))


def visible(reader: Reader) -> QuerySet[Recommendation]:
    """Recommendations of the documents the reader may see, as the versions shown hold them."""
    shown = RecommendationText.objects.filter(recommendation=OuterRef("pk"), version__is_shown=True)
    return Recommendation.objects.filter(
        Exists(shown), document__in=rights.visible_documents(reader)
    )


def index(
    *, reader: Reader, choice: Choice, language: str, start: int = 0, most: int | None = None
) -> tuple[list[RecommendationRow], int]:
    """The chosen recommendations in order of year and document, and how many there are."""
    chosen = _chosen(reader, choice)
    rows = chosen.order_by("-document__year", "document__symbol", "document_id", "ordinal")
    end = None if most is None else start + most
    return _rows(rows[start:end], reader=reader, language=language), chosen.count()


def count(*, reader: Reader, choice: Choice) -> int:
    """How many recommendations the choice leaves."""
    return _chosen(reader, choice).count()


def one(*, reader: Reader, key: str, anchor: str, language: str) -> RecommendationRow:
    """The recommendation at one place of one document.

    One that had another anchor before its text was made anew is found by that too: somebody may
    have cited it.

    :raises NoSuchRecommendation: if there is none, or it is not open to the reader.
    """
    there = visible(reader).filter(document__key=key)
    found = _rows(there.filter(anchor=anchor), reader=reader, language=language)
    if not found:
        moved = _moved_to(reader, key=key, anchor=anchor)
        found = _rows(there.filter(anchor=moved), reader=reader, language=language) if moved else []
    if not found:
        raise problems.NoSuchRecommendation
    return found[0]


def _moved_to(reader: Reader, *, key: str, anchor: str) -> str:
    versions = Version.objects.filter(
        document__in=rights.visible_documents(reader),
        document__key=key,
        former_anchors__has_key=anchor,
    ).order_by("-is_shown")
    former = versions.values_list("former_anchors", flat=True).first()
    return str(former[anchor]) if former else ""


def compilation(*, reader: Reader, choice: Choice, language: str, on: date) -> Compilation:
    """Everything an export prints, grouped as chosen."""
    choice.check()
    rows, count = index(reader=reader, choice=choice, language=language)
    with translation.override(language):
        return Compilation(
            language=language,
            title=_("Compilation of recommendations")
            if choice.group_by
            else _("Index of recommendations"),
            chosen=in_words(choice, language=language),
            grouped_by=choice.group_by,
            groups=grouped(rows, by=choice.group_by),
            made_on=on,
            count=count,
        )


def grouped(rows: Sequence[RecommendationRow], *, by: str) -> list[RecommendationGroup]:
    """Rows under headings: by theme (a row may stand under several), by meeting, or undivided."""
    if by == "theme":
        return _by_theme(rows)
    if by == "meeting":
        return _by_meeting(rows)
    return [RecommendationGroup(key="", heading="", rows=rows)] if rows else []


def _by_theme(rows: Sequence[RecommendationRow]) -> list[RecommendationGroup]:
    under: defaultdict[str, list[RecommendationRow]] = defaultdict(list)
    headings: dict[str, str] = {}
    for row in rows:
        for theme in row.themes or [ThemeLabel(code="", label=_("Under no theme yet"))]:
            under[theme.code].append(row)
            headings[theme.code] = theme.label
    order = [*Theme.objects.values_list("code", flat=True), ""]
    return [
        RecommendationGroup(key=code, heading=headings[code], rows=under[code])
        for code in order
        if code in under
    ]


def _by_meeting(rows: Sequence[RecommendationRow]) -> list[RecommendationGroup]:
    under: defaultdict[str, list[RecommendationRow]] = defaultdict(list)
    for row in rows:
        under[row.document_key].append(row)
    return [
        RecommendationGroup(key=key, heading=_meeting(members[0]), rows=members)
        for key, members in under.items()
    ]


def _meeting(row: RecommendationRow) -> str:
    return " · ".join(
        part for part in (row.document_symbol, row.document_title, str(row.year or "")) if part
    )


def in_words(choice: Choice, *, language: str) -> dict[str, str]:
    """The chosen filters as a reader would say them, label → value."""
    theme = Theme.objects.filter(code=choice.theme).first() if choice.theme else None
    said = {
        _("Theme"): label(theme, language=language) if theme else "",
        _("Addressee"): str(Addressee(choice.addressee).label) if choice.addressee else "",
        _("Strength"): str(Strength(choice.strength).label) if choice.strength else "",
        _("Year"): str(choice.year or ""),
        _("Body"): choice.body,
        _("Provision"): choice.provision,
        _("Words"): choice.words,
    }
    return {name: value for name, value in said.items() if value}


def _chosen(reader: Reader, choice: Choice) -> QuerySet[Recommendation]:
    choice.check()
    rows = visible(reader)
    if choice.theme:
        rows = rows.filter(theme_links__theme_id=choice.theme)
    if choice.addressee:
        rows = rows.filter(addressees__contains=[choice.addressee])
    if choice.strength:
        rows = rows.filter(strength=choice.strength)
    if choice.year is not None:
        rows = rows.filter(document__year=choice.year)
    if choice.body:
        rows = rows.filter(document__body=choice.body)
    if choice.document:
        rows = rows.filter(Q(document__key=choice.document) | Q(document__symbol=choice.document))
    if choice.provision:
        rows = rows.filter(provisions__contains=[_provision(choice.provision)])
    if choice.words:
        asked = question(choice.words)
        matching = RecommendationText.objects.extra(
            where=["library_recommendationtext.terms @@ %s::tsquery"], params=[asked.tsquery]
        ).filter(version__is_shown=True)
        rows = rows.filter(texts__in=matching) if asked.tsquery else rows.none()
    return rows.distinct()


def _provision(said: str) -> dict[str, str]:
    """`TIP Protocol 9` → instrument and article; the last word is an article if it has a digit."""
    instrument, _space, last = said.strip().rpartition(" ")
    if instrument and any(map(str.isdigit, last)):
        return {"instrument": instrument, "article": last}
    return {"instrument": said.strip()}


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What there is to choose from, each with how many recommendations it would leave."""

    themes: Sequence[tuple[str, str, int]] = field(default_factory=list)
    addressees: Sequence[tuple[str, str, int]] = field(default_factory=list)
    strengths: Sequence[tuple[str, str, int]] = field(default_factory=list)
    years: Sequence[tuple[str, str, int]] = field(default_factory=list)
    bodies: Sequence[tuple[str, str, int]] = field(default_factory=list)
    provisions: Sequence[tuple[str, str, int]] = field(default_factory=list)


def choices(*, reader: Reader, language: str) -> Choices:
    """Every value that occurs in what the reader may see, with its count."""
    seen = visible(reader)
    themes = dict(
        seen.values_list("theme_links__theme").annotate(n=Count("pk", distinct=True)).order_by()
    )
    addressees: defaultdict[str, int] = defaultdict(int)
    provisions: defaultdict[str, int] = defaultdict(int)
    for codes, served in seen.values_list("addressees", "provisions"):
        for code in set(codes):
            addressees[code] += 1
        for name in {f"{p['instrument']} {p['article']}".strip() for p in served}:
            provisions[name] += 1
    return Choices(
        themes=[
            (theme.code, label(theme, language=language), themes[theme.code])
            for theme in Theme.objects.all()
            if theme.code in themes
        ],
        addressees=[
            (code, str(Addressee(code).label), addressees[code])
            for code in Addressee.values
            if code in addressees
        ],
        strengths=_counted(seen, "strength", labels=dict(Strength.choices)),
        years=_counted(seen, "document__year", newest_first=True),
        bodies=_counted(seen, "document__body"),
        provisions=[
            (name, _spoken(name), count)
            for name, count in sorted(provisions.items(), key=lambda pair: _natural(pair[0]))
        ],
    )


def _counted(
    seen: QuerySet[Recommendation],
    name: str,
    *,
    labels: Mapping[str, object] | None = None,
    newest_first: bool = False,
) -> list[tuple[str, str, int]]:
    found = dict(seen.values_list(name).annotate(n=Count("pk")).order_by())
    order: Iterable[object] = labels or sorted(
        (value for value in found if value not in (None, "")), reverse=newest_first
    )
    return [
        (str(value), str((labels or {}).get(str(value), value)), found[value])
        for value in order
        if value in found
    ]


def _spoken(name: str) -> str:
    """`TIP Protocol 9` in the reader's words and digits."""
    served = _provision(name)
    named = instrument_name(served["instrument"])
    if "article" not in served:
        return named
    return _("{instrument}, art. {article}").format(
        instrument=named, article=for_reader().text(served["article"])
    )


def _natural(name: str) -> tuple[str, int, str]:
    instrument, _space, article = name.rpartition(" ")
    digits = "".join(filter(str.isdigit, article))
    return instrument, int(digits or 0), article


def _rows(
    found: QuerySet[Recommendation], *, reader: Reader, language: str
) -> list[RecommendationRow]:
    # Not the texts of whole documents, which every version carries.
    light = Version.objects.only("document_id", "language", "title", "is_shown")
    recommendations = list(
        found.select_related("document").prefetch_related(
            "theme_links__theme",
            Prefetch("texts__version", queryset=light),
            Prefetch("document__versions", queryset=light),
        )
    )
    same = _same_counts([each.pk for each in recommendations], reader=reader)
    with translation.override(language):
        rows = [_row(each, language=language) for each in recommendations]
    return [
        replace(
            row,
            same_confirmed=same[row.pk, LikenessState.CONFIRMED],
            same_suggested=same[row.pk, LikenessState.SUGGESTED],
        )
        for row in rows
    ]


def _row(recommendation: Recommendation, *, language: str) -> RecommendationRow:
    document = recommendation.document
    text = _best_text(recommendation, language=language)
    title_of = {version.pk: version.title for version in document.versions.all()}
    themes = sorted(
        (link.theme for link in recommendation.theme_links.all()), key=lambda each: each.position
    )
    return RecommendationRow(
        pk=recommendation.pk,
        ident=recommendation.ident,
        anchor=recommendation.anchor,
        paragraph=recommendation.paragraph or None,
        document_key=document.key,
        document_symbol=document.symbol,
        document_title=title_of.get(text.version_id, ""),
        body=document.body,
        session=document.session,
        year=document.year,
        section=text.section,
        addressees=list(recommendation.addressees),
        addressee_labels=[str(Addressee(code).label) for code in recommendation.addressees],
        strength=recommendation.strength,
        strength_label=str(Strength(recommendation.strength).label)
        if recommendation.strength
        else "",
        themes=[
            ThemeLabel(code=theme.code, label=label(theme, language=language)) for theme in themes
        ],
        provisions=[
            ProvisionServed(
                instrument=served["instrument"], article=served["article"], basis=served["basis"]
            )
            for served in recommendation.provisions
        ],
        text=text.text,
        language=text.version.language,
        citation=cite(
            symbol=document.symbol,
            title=title_of.get(text.version_id, ""),
            ident=recommendation.ident,
            is_headed=recommendation.anchor.startswith("rec-"),
            language=language,
        ),
        is_sample=document.is_sample,
    )


def _best_text(recommendation: Recommendation, *, language: str) -> RecommendationText:
    """The words in the reader's language where there are any, from the version that is shown."""
    return min(
        recommendation.texts.all(),
        key=lambda text: (
            text.version.language != language,
            not text.version.is_shown,
            text.version.language,
        ),
    )


def cite(*, symbol: str | None, title: str, ident: str, is_headed: bool, language: str) -> str:
    """A citation in UN form: symbol (or title), then paragraph or recommendation.

    `ident` is `6(a)` for a lettered item under paragraph 6, which UN style writes "para. 6 (a)".
    """
    source = symbol or f"“{title}”"
    with translation.override(language):
        if is_headed:
            return _("{source}, recommendation {number}").format(source=source, number=ident)
        number = ident.replace("(", " (")
        return _("{source}, para. {number}").format(source=source, number=number)


def _same_counts(pks: Sequence[int], *, reader: Reader) -> defaultdict[tuple[int, str], int]:
    counts: defaultdict[tuple[int, str], int] = defaultdict(int)
    for first, second, state in _open_likenesses(pks, reader=reader).values_list(
        "first_id", "second_id", "state"
    ):
        counts[first, state] += 1
        counts[second, state] += 1
    return counts


def _open_likenesses(pks: Sequence[int], *, reader: Reader) -> QuerySet[Likeness]:
    documents = rights.visible_documents(reader)
    return (
        Likeness.objects.filter(Q(first_id__in=pks) | Q(second_id__in=pks))
        .exclude(state=LikenessState.REJECTED)
        .filter(first__document__in=documents, second__document__in=documents)
    )


@dataclass(frozen=True, kw_only=True)
class Alike:
    """A recommendation of another meeting that says, or may say, the same."""

    row: RecommendationRow
    similarity: float
    state: str


def alike(*, reader: Reader, pk: int, language: str) -> list[Alike]:
    """Those confirmed or suggested to say the same as one recommendation, confirmed first.

    :raises NoSuchRecommendation: if it is not open to the reader.
    """
    if not visible(reader).filter(pk=pk).exists():
        raise problems.NoSuchRecommendation
    found = {
        likeness.second_id if likeness.first_id == pk else likeness.first_id: likeness
        for likeness in _open_likenesses([pk], reader=reader)
    }
    rows = _rows(visible(reader).filter(pk__in=found), reader=reader, language=language)
    return sorted(
        (
            Alike(row=row, similarity=found[row.pk].similarity, state=found[row.pk].state)
            for row in rows
        ),
        key=lambda other: (other.state != LikenessState.CONFIRMED, -other.similarity),
    )
