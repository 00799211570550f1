"""What the pages of records show: how many were brought and released, and never a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from marsad.directory import queries as directory
from marsad.directory.types import Reader, Role
from marsad.statistics import places
from marsad.statistics.models import Holding, RecordArrival, RecordEdition, Release
from marsad.statistics.queries import record_codes, record_counts, record_rights
from marsad.statistics.records import counting
from marsad.statistics.records.counting import Counted, Released, Wanted
from marsad.statistics.records.remarks import RecordRemark
from marsad.statistics.records.xlsform import KIND_LABELS
from marsad.statistics.types.record import (
    CellView,
    ColumnView,
    CountedView,
    HolderChoice,
    HoldingView,
    KindCount,
    RecordArrivalView,
    RecordEditionView,
    RecordsPage,
    ReleaseView,
    RemarkView,
)
from marsad.tabulation.words import known_word

#: Files that wait and are shown.
_MOST_WAITING = 20


def kinds(*, language: str) -> Sequence[tuple[str, str]]:
    """The kinds of record and what they are called."""
    return [(kind, names[language == "ar"]) for kind, names in KIND_LABELS.items()]


def holders(*, reader: Reader, language: str) -> Sequence[HolderChoice]:
    """The bodies, and the States as a whole, that the reader brings records in for."""
    found: dict[str, str] = {}
    for held in record_rights.memberships(reader):
        state = str(held.body.state_id)
        name = directory.body_name(held.body, language=language)
        found[f"{state}-{held.body_id}"] = name
        if held.role == Role.FOCAL_POINT.value:
            found[state] = _("{state}, as a whole").format(state=_state_name(state, language))
    return [HolderChoice(value=value, label=label) for value, label in sorted(found.items())]


def _state_name(iso2: str, language: str) -> str:
    return directory.state_names(language=language).get(iso2, iso2)


def page(*, reader: Reader, language: str) -> RecordsPage:
    """What the reader brought, what waits, and what was released of the State."""
    holdings = record_rights.holdings(reader).select_related("body")
    waiting = record_rights.arrivals(reader).filter(taken_at__isnull=True, dropped_at__isnull=True)
    states = record_rights.states_released_by(reader)
    return RecordsPage(
        holdings=[_holding(each, language=language) for each in holdings],
        waiting=[
            _arrival(each, language=language)
            for each in waiting.select_related("holding__body")[:_MOST_WAITING]
        ],
        releases=[
            _release(each, reader=reader, language=language)
            for each in record_rights.releases(reader).select_related("edition__arrival", "made_by")
        ],
        may_bring=bool(record_rights.memberships(reader)),
        may_release=[
            (state, _state_name(state, language))
            for state in states
            if record_counts.standing(state=state)
        ],
    )


def _holding(holding: Holding, *, language: str) -> HoldingView:
    editions = holding.editions.select_related("arrival", "restores__arrival").order_by("-number")
    return HoldingView(
        name=_holder_name(holding, language),
        state=_state_name(str(holding.state_id), language),
        editions=[
            _edition(each, language=language, is_standing=place == 0)
            for place, each in enumerate(editions)
        ],
    )


def _holder_name(holding: Holding, language: str) -> str:
    if holding.body is not None:
        return directory.body_name(holding.body, language=language)
    state = _state_name(str(holding.state_id), language)
    return _("{state}, as a whole").format(state=state)


def _edition(edition: RecordEdition, *, language: str, is_standing: bool) -> RecordEditionView:
    return RecordEditionView(
        key=edition.key,
        number=edition.number,
        rows=edition.rows,
        taken_out=edition.taken_out,
        kinds=_kinds(edition.kinds, language),
        made_at=edition.made_at,
        restores=edition.restores.number if edition.restores else 0,
        codes=edition.arrival.codes if edition.arrival else "",
        is_standing=is_standing,
    )


def _kinds(counts: Mapping[str, int], language: str) -> Sequence[KindCount]:
    labels = dict(kinds(language=language))
    return [
        KindCount(kind=kind, label=labels[kind], count=counts[kind])
        for kind in labels
        if counts.get(kind)
    ]


# ── a file of records ────────────────────────────────────────────────────────────────────────────
def arrival(*, reader: Reader, key: str, language: str) -> RecordArrivalView:
    """A file of records as it was understood.

    :raises NoSuchRecordArrival: if there is none of this reader's.
    """
    return _arrival(record_rights.arrival_for(reader, key=key), language=language)


def _arrival(arrival: RecordArrival, *, language: str) -> RecordArrivalView:
    told = arrival.remarks
    remarks = [RecordRemark.of(each) for each in told["first"]]
    order = {"refused": 0, "doubted": 1, "noted": 2}
    holding = arrival.holding
    value = f"{holding.state_id}-{holding.body_id}" if holding.body_id else str(holding.state_id)
    kind = arrival.mapping.get("kind", "")
    return RecordArrivalView(
        key=arrival.key,
        file_name=arrival.file_name,
        holder=_holder_name(holding, language),
        holder_value=value,
        at=arrival.at,
        rows=arrival.rows,
        doubted=told.get("doubted", 0),
        refused=arrival.refused,
        kinds=_kinds(arrival.kinds, language),
        codes=arrival.codes,
        replaces=arrival.replaces,
        columns=list(_columns(arrival, language)),
        remarks=[
            RemarkView(level=each.level, sentence=each.sentence)
            for each in sorted(remarks, key=lambda each: order[each.level])
        ],
        outcome="taken" if arrival.taken_at else "aside" if arrival.dropped_at else "waits",
        may_be_taken=bool(arrival.digest) and not arrival.refused,
        mapping=arrival.mapping,
        kind=kind or next(iter(arrival.kinds), "victim"),
    )


def _columns(arrival: RecordArrival, language: str) -> Iterator[ColumnView]:
    book = record_codes.version(arrival.codes)
    labels = {each.name: each.label(language) for each in book.variables}
    for column in arrival.remarks["columns"]:
        yield ColumnView(
            header=column["header"],
            role=column["role"],
            variable=column["variable"],
            label=labels.get(column["variable"], ""),
            filled=column["filled"],
        )


def variables(*, kind: str, language: str) -> Sequence[tuple[str, str]]:
    """What a column of a kind of record can be read as: name and label."""
    book = record_codes.current()
    return [(each.name, each.label(language)) for each in book.of_kind(kind)]


# ── releases ─────────────────────────────────────────────────────────────────────────────────────
def release(*, reader: Reader, key: str, language: str) -> ReleaseView:
    """What was released.

    :raises NoSuchRelease: if there is none of this reader's State.
    """
    found = record_rights.release_for(reader, key=key)
    return _release(found, reader=reader, language=language)


def _release(release: Release, *, reader: Reader, language: str) -> ReleaseView:
    outcome = _outcome(release)
    wanted = release.wanted
    return ReleaseView(
        key=release.key,
        number=release.number,
        state=_state_name(str(release.state_id), language),
        made_at=release.made_at,
        made_by=release.made_by.name if release.made_by else "",
        threshold=wanted["threshold"],
        exact=release.tally["exact"],
        small=release.tally["small"],
        withheld=release.tally["withheld"],
        joined=release.tally["joined"],
        outcome=outcome,
        wanted=[
            *(_word("indicator", each, language) for each in wanted["indicators"]),
            *(str(breakdown_labels()[each]) for each in wanted["breakdowns"]),
        ],
        arrival_key=release.edition.arrival.key,
        withdrawn_at=release.withdrawn_at,
        may_be_withdrawn=outcome in ("waits", "in-force")
        and str(release.state_id) in record_rights.states_released_by(reader),
    )


def _outcome(release: Release) -> str:
    if release.withdrawn_at or release.edition.withdrawn_at:
        return "withdrawn"
    if not record_rights.stands(release):
        return "replaced"
    return "in-force" if release.edition.published_at else "waits"


def breakdown_labels() -> Mapping[str, str]:
    """What a release can lay people out by, in the reader's language."""
    return {
        "sex": _("By sex"),
        "age": _("By age: children and adults"),
        "sex_age": _("By sex and age together"),
        "form": _("By form of exploitation"),
        "form_sex": _("By form of exploitation and sex"),
        "citizenship": _("By citizenship"),
    }


def indicator_labels(*, language: str) -> Sequence[tuple[str, str]]:
    """What a release can count, and what it is called."""
    return [(each, _word("indicator", each, language)) for each in counting.INDICATORS]


def counted(*, state: str, wanted: Wanted, reader: Reader, language: str) -> CountedView:
    """The figures of a State's records as they would be released.

    :raises NotYoursToRelease: if the reader does not release for that State.
    :raises NoRecords: if there is nothing to count.
    """
    found = record_counts.count(state=state, wanted=wanted, reader=reader)
    return counted_view(found, language=language)


def counted_view(found: Counted, *, language: str) -> CountedView:
    """What was counted, in the reader's language."""
    tally = found.tally()
    names = places.names()
    return CountedView(
        cells=[_cell(each, names, language) for each in found.cells],
        exact=tally["exact"],
        small=tally["small"],
        withheld=tally["withheld"],
        joined=found.joined,
        in_several_forms=found.in_several_forms,
    )


def _cell(cell: Released, names: Mapping[str, Mapping[str, str]], language: str) -> CellView:
    figure = cell.figure
    if figure.dimension == counting.CITIZENSHIP:
        named = names.get(figure.category, {})
        what = named.get(language) or (
            _("Stateless") if figure.category == "stateless" else figure.category
        )
    else:
        what = _word("category", figure.category, language)
    return CellView(
        year=figure.year,
        indicator=_word("indicator", figure.indicator, language),
        what=what,
        sex=_word("sex", figure.sex, language),
        age=_word("age", figure.age, language),
        value=_("withheld") if cell.value == "c" else cell.value,
        kind=cell.shown.kind,
    )


def _word(field: str, printed: str, language: str) -> str:
    word = known_word(field, printed)
    return word.ar if word is not None and language == "ar" else printed
