"""Where a figure comes from: the rows it was made of, their edition, who verified them and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from marsad import countries
from marsad.design.formatting import for_reader
from marsad.directory import queries as directory
from marsad.directory.types import Person, Reader, Role
from marsad.problems import said
from marsad.statistics import places
from marsad.statistics.models import Edition, Standing
from marsad.statistics.queries import figures, rights
from marsad.statistics.queries.picture_words import COUNTED
from marsad.statistics.types.origin import Origin, OriginEdition, OriginQuery, OriginRow
from marsad.tabulation import cells, flows, justice, labels
from marsad.tabulation.engine import Expression, rows_from
from marsad.tabulation.questions import Question, ask
from marsad.tabulation.remarks import SENTENCES
from marsad.tabulation.words import known_word, words

#: Rows on a page.
PAGE = 100
#: Of a figure of all States and years the first rows are told to programs, with how many there are.
MOST = 5_000
_KEY = (
    "indicator", "dimension", "place", "place_kind", "year", "category", "category_kind", "sex",
    "age",
)  # fmt: skip


def origin_address(
    *,
    indicator: str,
    dimension: str = "Total",
    category: str | None = None,
    sex: str = "Total",
    age: str = "Total",
    year: int | tuple[int, int] | None = None,
    place: str = "",
    at: datetime | None = None,
) -> str:
    """The address of the page that says where a figure comes from.

    Words may be as kept ("Detected trafficking victims") or short ("victims").
    """
    if category is not None and (form := known_word("category", category)):
        category = form.word
    query = OriginQuery(
        indicator=_canonical("indicator", indicator),
        dimension=_canonical("dimension", dimension),
        category=category,
        sex=_canonical("sex", sex),
        age=_canonical("age", age),
        years=(year, year) if isinstance(year, int) else year,
        places=(place,) if place else (),
        at=at,
    )
    return address_of(query)


def _canonical(field: str, given: str) -> str:
    known = known_word(field, given)
    return known.word if known else given


def address_of(query: OriginQuery) -> str:
    """The address of the page of a query."""
    return f"{reverse('statistics:origin')}?{query.query()}"


def origin(
    *, query: OriginQuery, reader: Reader, language: str, page: int = 1, size: int = PAGE
) -> Origin:
    """What a figure was made of. Whatever is in force is public.

    :raises NothingInForce: where nothing was in force then.
    """
    stands = figures.in_force(at=query.at)
    picked = _picked(rows_from([figures.file_of(stands)]), query)
    summed = _summed(picked)
    with override(language):
        editions = list(_editions(stands, reader))
        numbered = {each.arrival.file_digest: at for at, each in enumerate(editions)}
        untold = frozenset(rights.without_own_words(reader, stands))
        namer = _Namer(language)
        rows = [
            _row(one, namer=namer, numbered=numbered, untold=untold)
            for one in _page_of(picked, namer, page=page, size=size)
        ]
        used = _used(picked, numbered)
        return Origin(
            query=query,
            title=_title(query, namer),
            low=summed["low"],
            high=summed["high"],
            censored=summed["censored"] or 0,
            states=summed["states"],
            definition=_definition(query, rows),
            how=_how(summed),
            editions=[_edition(editions[at], reader=reader, language=language) for at in used],
            rows=[
                replace(row, edition=used.index(row.edition)) if row.edition >= 0 else row
                for row in rows
            ],
            total=summed["rows"],
            in_force_since=stands.from_at,
            is_invented=any(each.source.is_invented for each in editions),
        )


# ── which rows ───────────────────────────────────────────────────────────────────────────────────
def _picked(rows: Expression, query: OriginQuery) -> Expression:
    if query.all_stages:
        rows = justice.of_full_places(rows)
    picked = cells.behind(rows, _question(query))
    wanted = []
    if query.category is not None:
        wanted.append(picked.category == query.category)
    if query.region is not None:
        wanted.append(picked.region == query.region)
    if query.subregion is not None:
        wanted.append(picked.subregion == query.subregion)
    if query.reach:
        wanted.append(~picked.category_kind.isin(["whole", "total"]))
    if wanted:
        picked = picked.filter(wanted)
    if query.reach:
        placed = flows.with_reach(picked.mutate(origin=picked.category))
        picked = placed.filter(placed.reach == query.reach)
    return picked


def _question(query: OriginQuery) -> Question:
    by_category = query.category is not None or query.reach
    asked = ask(
        query.indicator,
        dimension=query.dimension,
        sex=query.sex,
        age=query.age,
        years=query.years,
        places=query.places,
        states_only=query.states_only,
    )
    return replace(asked, by=("category",) if by_category and query.dimension != "Total" else ())


def _summed(picked: Expression) -> Mapping[str, Any]:
    made = cells.cells(picked, key=_KEY, merged=True)
    told = made.aggregate(
        low=made.low.sum(),
        high=made.high.sum(),
        censored=made.censored.sum(),
        repeated=made.repeated.sum(),
        states=made.place.nunique(where=made.low.notnull()),
    )
    counted = picked.aggregate(
        rows=picked.count(),
        parts=((picked.repeats == "parts") & ~picked.sole).cast("int64").sum(),
        either=((picked.repeats == "either") & ~picked.sole).cast("int64").sum(),
        rivals=((picked.repeats == "rivals") & ~picked.sole).cast("int64").sum(),
    )
    (one,), (other,) = told.to_pyarrow().to_pylist(), counted.to_pyarrow().to_pylist()
    return {**one, **other}


def _page_of(
    picked: Expression, namer: _Namer, *, page: int, size: int
) -> Iterable[Mapping[str, Any]]:
    """Rows in the order of the names of their places."""
    there = picked.select("place").distinct().to_pyarrow().to_pylist()
    order = sorted(
        (one["place"] for one in there),
        key=lambda code: countries.sort_key(namer.place(code), namer.language),
    )
    if not order:
        return []
    ranks = picked.place.cases(*((code, rank) for rank, code in enumerate(order)), else_=len(order))
    told = picked.mutate(rank=ranks).order_by(
        ["rank", "year", "indicator", "dimension", "category", "sex", "age", "file", "sheet", "row"]
    )
    found = told.limit(size, offset=(page - 1) * size).to_pyarrow().to_pylist()
    return list(found)


def _used(picked: Expression, numbered: Mapping[str, int]) -> list[int]:
    """Which editions the rows came with."""
    there = picked.select("file").distinct().to_pyarrow().to_pylist()
    return sorted({numbered[one["file"]] for one in there if one["file"] in numbered})


# ── in words ─────────────────────────────────────────────────────────────────────────────────────
class _Namer:
    """Words of the figures in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._named = places.names()

    def word(self, column: str, value: Any) -> str:
        return labels.label(column, value, self.language, named=self._named)

    def place(self, code: str) -> str:
        return self.word("place", code)


def _row(
    one: Mapping[str, Any],
    *,
    namer: _Namer,
    numbered: Mapping[str, int],
    untold: frozenset[str],
) -> OriginRow:
    kept = ("year", "value", "low", "high", "file", "row", "definition", "law_article",
            "counting_unit", "status", "place")  # fmt: skip
    is_untold = one["file"] in untold
    return OriginRow(
        **{name: one[name] for name in kept},
        # A sheet may be named after somebody, and nobody verifies what it is called.
        sheet="" if is_untold else one["sheet"],
        note="" if is_untold else one["note"],
        place_name=namer.place(one["place"]),
        dimension=namer.word("dimension", one["dimension"]),
        category=namer.word("category", one["category"]),
        category_printed=one["category_printed"],
        sex=namer.word("sex", one["sex"]),
        age=namer.word("age", one["age"]),
        edition=numbered.get(one["file"], -1),
        remarks=list(remarks_of(one, namer=namer)),
    )


def remarks_of(one: Mapping[str, Any], *, namer: _Namer | None = None) -> Iterable[str]:
    """What was remarked of a row when it was read, explained: call it in the reader's language."""
    words_of = namer or _Namer(for_reader().language)
    for code in str(one["labels"]).split():
        if code not in SENTENCES:
            continue
        says = SENTENCES[code][1]
        column = "category" if code in _OF_CATEGORY else "value"
        value = one["country"] if code in _OF_PLACE else one.get(f"{column}_printed", one[column])
        told = {
            "where": "",
            "perhaps": "",
            "value": words_of.word("dimension", one["dimension"])
            if code == "counted-again"
            else value,
            "low": one["low"],
            "high": one["high"],
            "number": one["low"],
            "meant": words_of.place(one["citizenship"]) if one["citizenship"] else "",
            "says": words_of.word("category_kind", one["category_kind"]),
        }
        # The place stands beside it: "sheet data, row 7: …" would say it twice.
        yield said(says, told).lstrip(" :").strip()


_OF_PLACE = ("territory", "regional_group", "other_place")
_OF_CATEGORY = frozenset(
    ("category-country", "category-nationals", "category-whole", "category-apart",
     "empty-category", "unread-category", "broken-letters")
)  # fmt: skip


def _title(query: OriginQuery, namer: _Namer) -> str:
    said_of = [namer.word("indicator", query.indicator)]
    if query.dimension != "Total":
        said_of.append(namer.word("dimension", query.dimension))
    if query.category is not None and query.dimension != "Total":
        said_of.append(namer.word("category", query.category))
    said_of += [
        namer.word(field, value)
        for field, value in (("sex", query.sex), ("age", query.age))
        if value != "Total"
    ]
    if query.reach:
        said_of.append(namer.word("reach", query.reach))
    said_of += [
        namer.word(field, value)
        for field, value in (("region", query.region), ("subregion", query.subregion))
        if value is not None
    ]
    named = sorted(
        map(namer.place, query.places), key=lambda name: countries.sort_key(name, namer.language)
    )
    said_of += named or [_("all States and places")]
    if query.years:
        said_of.append(for_reader().text("–".join(map(str, dict.fromkeys(query.years)))))
    return ("، " if namer.language == "ar" else ", ").join(said_of)


def _definition(query: OriginQuery, rows: Sequence[OriginRow]) -> list[str]:
    code = next((each.code for each in words("indicator") if each.word == query.indicator), "")
    found = [_(COUNTED[code])] if code in COUNTED else []
    if query.dimension != "Total":
        found.append(
            _("These are the people of the total again, laid out otherwise: never add the two.")
        )
    own = dict.fromkeys(row.definition for row in rows if row.definition)
    found += [_("In the words of the source: “{said}”").format(said=said_so) for said_so in own]
    return found


def _how(summed: Mapping[str, Any]) -> list[str]:
    write = for_reader()
    found = []
    if summed["censored"]:
        found.append(
            write.counted(
                "{count} row gives a limit and no number (“<5” is 1 to 4): the figure is a range.",
                "{count} rows give a limit and no number (“<5” is 1 to 4): the figure is a range.",
                summed["censored"],
            )
        )
    if summed["parts"]:
        found.append(
            _("Several rows stand for one figure here; they are its parts, and were added.")
        )
    if summed["either"]:
        found.append(
            _(
                "Several rows stand for one figure here, and the source does not say whether they "
                "are parts or a sum beside its parts: the figure lies between the largest of them "
                "and all together."
            )
        )
    if summed["rivals"]:
        found.append(
            _(
                "Several rows stand for one figure here and only one of them can be right: the "
                "figure lies between the least and the largest."
            )
        )
    return found


# ── who ──────────────────────────────────────────────────────────────────────────────────────────
def _editions(stands: Standing, reader: Reader) -> Iterable[Edition]:
    seen = rights.visible_editions(reader).filter(pk__in=stands.editions.values("pk"))
    return seen.select_related("source__state", "arrival", "made_by", "verified_by").order_by(
        "source__code"
    )


def _edition(edition: Edition, *, reader: Reader, language: str) -> OriginEdition:
    names = edition.source.names
    return OriginEdition(
        source=names.get(language) or names.get("en") or edition.source.code,
        number=edition.number,
        file_name=edition.arrival.file_name
        if rights.may_have_own_words(reader, edition.source)
        else "",
        brought_at=edition.made_at,
        brought_by=_office(edition.made_by, at=edition.made_at, language=language),
        published_at=edition.published_at,
        verified=_verified(edition, language=language),
        withdrawn_at=edition.withdrawn_at,
    )


def _office(person: Person | None, *, at: datetime, language: str) -> str:
    """The body that somebody worked for then: no person is named in public."""
    if person is None:
        return _("the office that runs this installation")
    held = directory.memberships_of(person, on=timezone.localdate(at))
    if not held:
        return _("an office that is not known any more")
    order = {role: at for at, role in enumerate((Role.FOCAL_POINT, Role.SECRETARIAT_OFFICER))}
    first = min(held, key=lambda each: order.get(Role(each.role), len(order)))
    return directory.body_name(first.body, language=language)


def _verified(edition: Edition, *, language: str) -> str:
    write = for_reader()
    if edition.source.state_id is None:
        return _("It was public before it came here, so that nobody had to verify it here.")
    if edition.published_at is None or edition.verified_by is None:
        return _("Its State has not verified it.")
    state = directory.state_names(language=language).get(edition.source.state_id, "")
    return _("Verified for {state} by its office “{office}” on {day}.").format(
        state=state,
        office=_office(edition.verified_by, at=edition.published_at, language=language),
        day=write.date(timezone.localdate(edition.published_at)),
    )
