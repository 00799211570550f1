"""From rows to cells: one figure for one key, with several rows for a key resolved and counted.

Every expression in this engine stands on these. They use nothing that DuckDB compiles and Spark
does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .categories import FORM
from .engine import Expression, ibis
from .questions import Question

#: The key of a figure.
KEY = (
    "place", "place_kind", "region", "subregion", "indicator", "dimension", "category",
    "category_kind", "citizenship", "sex", "age", "year",
)  # fmt: skip
#: What every cell says beside its key.
SAYS = ("low", "high", "censored", "repeated", "missing")
#: Categories that are no part of a dimension but all of it.
_WHOLE = ("total", "whole")
#: What tells apart where a source was silent about forms.
_SILENT = ("place", "indicator", "year", "dimension")
#: What cells that were laid down have for a dimension where a source was silent.
SILENT = "(silent)"
#: Under so many forms a limit and nothing else tells nothing.
_LIMITS = 2
#: Categories that go by the code of a country.
_COUNTRIES = ("country", "nationals", "other_place")


@dataclass(frozen=True)
class WithFolded:
    """A table of rows, and beside it the cells that `folding` laid down of them beforehand.

    Every expression takes it as it takes the rows alone, and answers the same.
    """

    rows: Expression
    #: With the columns of regions or without: see `folding`.
    folded: Expression

    def __getattr__(self, name: str) -> Any:
        return getattr(self.rows, name)


def cells(
    rows: Expression, *, key: Sequence[str] = KEY, merged: bool = False, alone: str = "sole"
) -> Expression:
    """Return one row for each key.

    Several rows for a key within one file are resolved as their source says: parts are added; of
    parts or a sum beside its parts, the figure lies between the largest of them and all together;
    of rivals, between the least and the largest. Files that disagree are rivals.

    `censored` counts the censored rows, `repeated` is 1 where there was more than one, `missing`
    is 1 where there was none that says a number.

    :param key: what tells the rows apart; columns of `SOLE_KEY` may only be left out where all rows
        have the same value in them.
    :param merged: whether categories that were printed differently are one now.
    :param alone: the column that says of which rows no other has the same key.
    """
    # Ibis takes two selections of the same columns for one, whatever their order: one of two that a
    # question needs would come out in the order of the other, and a union of it cannot be written.
    key = sorted(key)
    if merged:
        return _resolved(rows, key)
    single = rows.filter(rows[alone])
    single = single.select(
        *key,
        low=single.low,
        high=single.high,
        censored=(single.censoring == "censored").cast("int64"),
        repeated=ibis.literal(0, type="int64"),
        missing=single.low.isnull().cast("int64"),
    )
    return single.union(_resolved(rows.filter(~rows[alone]), key))


def _resolved(rows: Expression, key: Sequence[str]) -> Expression:
    within = rows.group_by([*key, "file"]).aggregate(
        sum_low=rows.low.sum(),
        sum_high=rows.high.sum(),
        least_low=rows.low.min(),
        most_low=rows.low.max(),
        most_high=rows.high.max(),
        rule=rows.repeats.max(),
        censored=(rows.censoring == "censored").cast("int64").sum(),
        printed=rows.count(),
    )
    rule = within.rule
    resolved = within.mutate(
        low=ibis.cases(
            (rule == "parts", within.sum_low),
            (rule == "either", within.most_low),
            else_=within.least_low,
        ),
        high=ibis.ifelse(rule == "rivals", within.most_high, within.sum_high),
    )
    return resolved.group_by(list(key)).aggregate(
        low=resolved.low.min(),
        high=resolved.high.max(),
        censored=resolved.censored.max(),
        repeated=(resolved.printed.sum() > 1).cast("int64"),
        missing=resolved.low.max().isnull().cast("int64"),
    )


def chosen(rows: Expression, question: Question) -> Expression:
    """Return the rows a question is about; sex and age are left to `folded_cells`.

    Forms of a place and year of which a source was `silent` are none of them.
    """
    wanted = _where(rows, question)
    if "dimension" not in question.by:
        wanted.append(rows.dimension == question.dimension)
    if "dimension" not in question.by and question.dimension == "Total":
        # A category without its dimension is a part of nobody knows what, and no total.
        wanted.append(rows.category_kind == "total")
    if question.category is not None:
        wanted.append(rows.category == question.category)
    found = rows.filter(wanted) if wanted else rows
    if "dimension" in question.by or question.dimension == FORM:
        found = found.anti_join(_silent(rows, question), list(_SILENT))
    return found


def silent(rows: Expression, question: Question) -> Expression:
    """Return the places and years whose source prints nothing but limits under forms.

    Under each of two forms or more it prints "<5", and no total. So one workbook prints States
    that reported nothing as well as those that reported few, and nobody can tell which is which.
    """
    if isinstance(rows, WithFolded):
        laid = rows.folded.filter(*_where(rows.folded, question), rows.folded.dimension == SILENT)
        return laid.select("place", "year").distinct().order_by(["year", "place"])
    found = _silent(rows, question)
    return found.select("place", "year").distinct().order_by(["year", "place"])


def where_silent(rows: Expression) -> Expression:
    """Return rows that no State printed: one for each place, indicator and year of `silent`."""
    found = _silent(rows, Question(indicator=""))
    kinds = rows.select("place", "place_kind").distinct()
    return found.drop("dimension").join(kinds, "place")


def _silent(rows: Expression, question: Question) -> Expression:
    wanted = _where(rows, question)
    # Of the other dimensions, which may be nearly all of a file, nothing need be read.
    asked = rows.filter(*wanted, rows.dimension.isin([FORM, "Total"]))
    asked = asked.filter(asked.low.notnull())
    form = asked.dimension == FORM
    found = asked.group_by(["place", "indicator", "year"]).aggregate(
        forms=asked.category.nunique(where=form),
        told=(form & (asked.censoring != "censored")).cast("int64").sum(),
        totals=((asked.dimension == "Total") & (asked.category_kind == "total"))
        .cast("int64")
        .sum(),
    )
    found = found.filter(found.forms >= _LIMITS, found.told == 0, found.totals == 0)
    return found.mutate(dimension=ibis.literal(FORM)).select(*_SILENT)


def _where(rows: Expression, question: Question) -> list[Expression]:
    """Of whom, of what and of when a question is."""
    wanted = [rows.indicator == question.indicator] if question.indicator else []
    if question.years is not None:
        wanted.append(rows.year.between(*question.years))
    if question.places:
        wanted.append(rows.place.isin(list(question.places)))
    if question.states_only:
        wanted.append(rows.place_kind == "state")
    return wanted


def folded_cells(rows: Expression, question: Question) -> Expression:
    """Return one row for each place, year and whatever the question is laid out by.

    Where a source says a margin itself ("Female, all ages"), that is taken; where it says the
    parts only, they are added. The two are never added to one another.
    """
    if _is_folded(rows, question):
        return _of_folded(rows.folded, question)
    picked = _of_sex_and_age(chosen(rows, question), question)
    merged = "category" in question.by or _several_categories(question)
    # Forms of exploitation are kept in one word each as they are read.
    merged = merged and ("dimension" in question.by or question.dimension != FORM)
    if merged:
        picked = one_word_for_one_country(picked)
    key = key_of(question)
    finer = [name for name in _finer(question) if name not in key]
    found = cells(picked, key=[*key, *finer], alone="alone" if merged else "sole")
    if not finer:
        return found.select(*key, *SAYS)
    return _margin_first(found.mutate(margin=_is_margin(found, question, finer)), key)


def _is_folded(rows: Expression, question: Question) -> bool:
    """Whether the cells of a question are among those that were laid down beforehand."""
    if not isinstance(rows, WithFolded) or {"dimension", "citizenship"} & set(question.by):
        return False
    if not {"region", "subregion"} & set(question.by) <= set(rows.folded.columns):
        return False
    if question.dimension == "Total":
        return question.category is None and "category" not in question.by
    if question.dimension == FORM:
        return "category" in question.by or question.category is not None
    of_all = not _by_sex(question) and not _by_age(question)
    return of_all and "category" in question.by and question.category is None


def _of_folded(folded: Expression, question: Question) -> Expression:
    """The same as `folded_cells`, of cells that were laid down: none is left to be resolved."""
    wanted = [*_where(folded, question), folded.dimension == question.dimension]
    if question.category is not None:
        wanted.append(folded.category == question.category)
    for name in ("sex", "age"):
        column, given = folded[name], getattr(question, name)
        divided = given == "Total" and name in question.by
        wanted.append(column != "Total" if divided else column == given)
    return folded.filter(wanted).select(*key_of(question), *SAYS)


def told(rows: Expression, question: Question) -> Expression:
    """Return which places told a number of what is asked in which years, each once.

    The same as is told of the cells, which say a number where any of their rows does: so they need
    not be made for it. Whoever is laid out by sex or age and told of nobody but those of whom it is
    not known has told nothing of what is asked.
    """
    picked = _of_sex_and_age(chosen(rows, question), question)
    parts = [name for name in ("sex", "age") if name in question.by]
    picked = picked.filter([picked[name] != "Unknown" for name in parts]) if parts else picked
    key = key_of(question)
    finer = [name for name in _finer(question) if name not in key]
    if finer:
        if "category" in finer or "category" in key:
            picked = one_word_for_one_country(picked)
        marked = picked.mutate(margin=_is_margin(picked, question, finer))
        both = marked.group_by(key).aggregate(
            margins=marked.margin.cast("int64").sum(),
            of_margins=marked.low.max(where=marked.margin),
            of_parts=marked.low.max(where=~marked.margin),
        )
        picked = both.mutate(low=ibis.ifelse(both.margins > 0, both.of_margins, both.of_parts))
    return picked.filter(picked.low.notnull()).select("place", "place_kind", "year").distinct()


def behind(rows: Expression, question: Question) -> Expression:
    """Return the rows that the cells of a question are made of, each as it was kept.

    Where a margin is told, these are its rows and not its parts. A category goes by the word that
    `folded_cells` has for it; as it was printed it stands in `category_printed`.
    """
    printed = rows.mutate(category_printed=rows.category)
    picked = _of_sex_and_age(chosen(printed, question), question)
    if "category" in question.by or _several_categories(question):
        picked = one_word_for_one_country(picked)
    key = key_of(question)
    finer = [name for name in _finer(question) if name not in key]
    if not finer:
        return picked
    marked = picked.mutate(margin=_is_margin(picked, question, finer))
    told = marked.group_by(key).aggregate(margins=marked.margin.cast("int64").sum())
    both = marked.join(told, key)
    return both.filter(both.margin == (both.margins > 0)).drop("margin", "margins")


def key_of(question: Question) -> list[str]:
    """Return the columns that tell the cells of a question apart."""
    key = ["place", "place_kind", "year"]
    if not question.indicator:
        key.append("indicator")
    for name in question.by:
        key += {"country": [], "category": ["category", "category_kind"]}.get(name, [name])
    return list(dict.fromkeys(key))


def one_word_for_one_country(rows: Expression) -> Expression:
    """A country as a category goes by its code, however it was spelt; nationals by their own.

    Some States print themselves twice, as "Nationals" and by name: two rows for one key.
    """
    return rows.mutate(
        category=word_of(rows),
        category_kind=ibis.ifelse(_is_known_country(rows), "country", rows.category_kind),
    )


def word_of(rows: Expression) -> Expression:
    """Return the one word for a category: of a country its code."""
    return ibis.ifelse(_is_known_country(rows), rows.citizenship, rows.category)


def _is_known_country(rows: Expression) -> Expression:
    return rows.category_kind.isin(_COUNTRIES) & (rows.citizenship != "")


def _finer(question: Question) -> list[str]:
    """Columns that must be kept apart until margins and parts are told from one another."""
    finer = []
    if "category" not in question.by and _several_categories(question):
        finer += ["category", "category_kind", "citizenship"]
    if _by_sex(question) != _by_age(question):
        finer += ["sex", "age"]
    return finer


def _several_categories(question: Question) -> bool:
    several = "dimension" in question.by or question.dimension != "Total"
    return several and question.category is None


def _by_sex(question: Question) -> bool:
    return "sex" in question.by or question.sex != "Total"


def _by_age(question: Question) -> bool:
    return "age" in question.by or question.age != "Total"


def _of_sex_and_age(rows: Expression, question: Question) -> Expression:
    sex, age = rows.sex, rows.age
    by_sex, by_age = _by_sex(question), _by_age(question)
    if not by_sex and not by_age:
        return rows.filter(sex == "Total", age == "Total")
    if by_sex and by_age:
        wanted = [sex != "Total", age != "Total"]
    else:
        # The margin and its parts both; `_fold` takes the margin where there is one.
        wanted = [sex != "Total"] if by_sex else [age != "Total"]
    if question.sex != "Total":
        wanted.append(sex == question.sex)
    if question.age != "Total":
        wanted.append(age == question.age)
    return rows.filter(wanted) if wanted else rows


def _is_margin(found: Expression, question: Question, finer: list[str]) -> Expression:
    margin = ibis.literal(True)
    if "age" in finer or "sex" in finer:
        both_unknown = (found.sex == "Unknown") & (found.age == "Unknown")
        other = found.age if _by_sex(question) else found.sex
        margin = (other == "Total") | both_unknown
    if "category" in finer:
        margin = margin & found.category_kind.isin(_WHOLE)
    return margin


def _margin_first(found: Expression, key: list[str]) -> Expression:
    says = {}
    for name in SAYS:
        says[f"{name}_margin"] = found[name].sum(where=found.margin)
        says[f"{name}_parts"] = found[name].sum(where=~found.margin)
    both = found.group_by(key).aggregate(
        margins=found.margin.cast("int64").sum(), parts=found.count(), **says
    )
    return both.select(
        *key,
        **{
            name: ibis.ifelse(both.margins > 0, both[f"{name}_margin"], both[f"{name}_parts"])
            for name in SAYS
        },
    )
