"""The workbook of the Global Report: the engine's figures against figures taken by hand.

"By hand" is a loop over the lines as openpyxl gives them, with three rules and nothing of ours:
«<5» is 1 to 4, a comma groups thousands, and a place is its code or, without one, its name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import pytest

from marsad import tabulation
from marsad.tabulation import answers, ask, checks, flows, justice, parts, series, tables, trends
from marsad.tabulation.answers import records
from marsad.tabulation.engine import Expression
from marsad.tabulation.places import all_places
from tests.tabulation.figures_of_our_own import ADULTS, CHILDREN, CITIZENSHIP, FORM, VICTIMS

pytestmark = pytest.mark.real

Lines = list[tuple[object, ...]]
Kept = tuple[Path, tabulation.Preview]
INDICATORS = (
    "Detected trafficking victims",
    "Offences of trafficking in persons",
    "Persons brought into formal contact",
    "Persons prosecuted",
    "Persons convicted",
)
#: Codes in the workbook that are no States: looked through by eye, all 208 of them.
TERRITORIES = {"ABW", "CUW", "HKG", "MAC", "PRI", "PYF"}
GROUPS = {"SAF", "SAM", "CAR", "CAS", "EEU", "MCA", "MCN"}
NO_STATES = TERRITORIES | GROUPS | {"Sark", "Aruba/Curacao"}


def by_hand(value: object) -> tuple[int, int]:
    text = str(value)
    if text == "<5":
        return 1, 4
    number = int(text.replace(",", ""))
    return number, number


def headline(lines: Lines, indicator: str) -> dict[tuple[object, object], tuple[int, int]]:
    """Totals of all people: (place, year) to a range."""
    found: dict[tuple[object, object], tuple[int, int]] = {}
    for one in lines:
        if one[4] == indicator and one[5:9] == ("Total",) * 4:
            key = (one[0] or one[1], one[9])
            assert key not in found, "no total stands twice"
            found[key] = by_hand(one[11])
    return found


@pytest.fixture(scope="module")
def rows(glotip_kept: Kept) -> Expression:
    return tabulation.rows_from([glotip_kept[0]])


def test_it_reads_every_row_and_refuses_none(glotip_lines: Lines, glotip_kept: Kept) -> None:
    preview = glotip_kept[1]
    assert preview.rows == len(glotip_lines) == 46_556
    assert preview.refused == 0
    assert preview.counts["censored"] == sum(one[11] == "<5" for one in glotip_lines)
    assert preview.counts["thousands"] == sum("," in str(one[11]) for one in glotip_lines)
    assert preview.counts["empty-category"] == sum(one[6] is None for one in glotip_lines)
    assert preview.counts["counted-again"] == sum(one[5] != "Total" for one in glotip_lines)
    assert preview.counts["regional_group"] == sum(one[0] in GROUPS for one in glotip_lines)
    assert preview.counts["territory"] == sum(one[0] in TERRITORIES for one in glotip_lines)
    assert preview.counts["other_place"] == 27


def test_it_understands_nearly_every_citizenship(glotip_kept: Kept) -> None:
    # 9,552 rows are laid out by citizenship or country; 52 of them say what nobody can know
    # ("97 albanian") or what only a person should decide ("Ethopia").
    assert glotip_kept[1].counts["unread-category"] < 60


def test_it_keeps_what_was_printed(glotip_lines: Lines, rows: Expression) -> None:
    kept = {one["row"]: one for one in records(rows)}
    for number, one in enumerate(glotip_lines, start=4):
        row = kept[number]
        assert row["value"] == one[11]
        assert row["category"] == (one[6] or "")
        assert row["country"] == (one[1] or one[0])


@pytest.mark.parametrize("indicator", INDICATORS)
def test_series(glotip_lines: Lines, rows: Expression, indicator: str) -> None:
    by_year: defaultdict[object, list[tuple[object, tuple[int, int]]]] = defaultdict(list)
    for (place, year), value in headline(glotip_lines, indicator).items():
        by_year[year].append((place, value))
    answer = answers.series(rows, ask(indicator))
    assert [one["year"] for one in answer] == sorted(by_year)  # type: ignore[type-var]
    for one in answer:
        cells = by_year[one["year"]]
        assert one["states"] == len(cells)
        assert one["low"] == sum(low for _place, (low, _high) in cells)
        assert one["high"] == sum(high for _place, (_low, high) in cells)
        assert one["censored"] == sum(value == (1, 4) for _place, value in cells)
        assert one["not_states"] == sum(place in NO_STATES for place, _value in cells)
        assert one["repeated"] == one["missing"] == 0


def test_a_year_as_printed(rows: Expression) -> None:
    (one,) = answers.series(rows, ask("victims", years="2019"))
    assert (one["states"], one["low"], one["high"], one["censored"]) == (119, 53_248, 53_305, 19)
    assert one["not_states_named"] == ["MCN", "SAF", "SAM"]


def test_lines_that_stand_twice_are_ages_that_lost_their_label(glotip_lines: Lines) -> None:
    """Why the mapping calls them parts: each pair equals the rows of children and of adults."""
    twice: defaultdict[tuple[object, ...], list[object]] = defaultdict(list)
    ages: dict[tuple[object, ...], object] = {}
    for one in glotip_lines:
        if one[5] == "Total" and one[7] not in ("Total", "Unknown"):
            if one[8] == "Total":
                twice[(one[0], one[1], one[4], one[7], one[9])].append(one[11])
            else:
                ages[(one[0], one[1], one[4], one[7], one[9], one[8])] = one[11]
    pairs = {key: values for key, values in twice.items() if len(values) > 1}
    assert len(pairs) == 59
    for key, values in pairs.items():
        assert Counter(values) == Counter([ages[(*key, CHILDREN)], ages[(*key, ADULTS)]])


def test_shares_by_sex(glotip_lines: Lines, rows: Expression) -> None:
    told: defaultdict[tuple[object, object, object], list[tuple[int, int]]] = defaultdict(list)
    split: defaultdict[tuple[object, object, object], list[tuple[int, int]]] = defaultdict(list)
    for one in glotip_lines:
        if one[4] == VICTIMS and one[5] == "Total" and one[7] != "Total" and one[9] == 2018:
            both_unknown = one[7] == one[8] == "Unknown"
            whole = one[8] == "Total" or both_unknown
            (told if whole else split)[(one[0] or one[1], one[7], one[9])].append(by_hand(one[11]))
    sums: defaultdict[object, list[int]] = defaultdict(lambda: [0, 0])
    of_place: defaultdict[object, defaultdict[str, list[int]]] = defaultdict(
        lambda: defaultdict(lambda: [0, 0])
    )
    for key in {*told, *split}:
        for low, high in told.get(key) or split[key]:
            sums[key[1]][0] += low
            sums[key[1]][1] += high
            known = "Unknown" if key[1] == "Unknown" else "known"
            of_place[key[0]][known][0] += low
            of_place[key[0]][known][1] += high
    # Not known is what a place printed as unknown, and at least what its total has beyond the rest.
    least_unknown = most_unknown = 0
    totals = headline(glotip_lines, VICTIMS)
    for place in {*of_place, *(place for place, year in totals if year == 2018)}:
        low, high = totals.get((place, 2018), (0, 0))
        of = of_place[place]
        least_unknown += max(of["Unknown"][0], low - of["known"][1])
        most_unknown += max(of["Unknown"][1], high - of["known"][0])
    assert least_unknown > 6_000
    answer = {
        one["sex"]: one
        for one in records(series.shares(rows, ask("victims", by="sex", years="2018")))
    }
    assert set(answer) == {"Female", "Male", "Other"}
    for sex, one in answer.items():
        assert [one["low"], one["high"]] == sums[sex]
        assert [one["unknown_low"], one["unknown_high"]] == [least_unknown, most_unknown]
    others = sums["Male"][1] + sums["Other"][1]
    least = sums["Female"][0] / (sums["Female"][0] + others)
    assert answer["Female"]["share_low"] == pytest.approx(least)


def test_forms_with_several_rows_lie_between_the_largest_and_all(
    glotip_lines: Lines, rows: Expression
) -> None:
    cells: defaultdict[tuple[object, object], list[tuple[int, int]]] = defaultdict(list)
    for one in glotip_lines:
        if (
            one[4] == VICTIMS
            and one[5] == FORM
            and one[7:9] == ("Total", "Total")
            and one[9] == 2019
        ):
            cells[(one[0] or one[1], one[6])].append(by_hand(one[11]))
    # Limits under two forms or more and no total may mean that nothing was reported.
    mine_of = [one for one in glotip_lines if one[4] == VICTIMS and one[9] == 2019]
    told = {one[0] or one[1] for one in mine_of if one[5:7] == ("Total", "Total")}
    told |= {one[0] or one[1] for one in mine_of if one[5] == FORM and one[11] != "<5"}
    forms = Counter(place for place, _form in cells)
    silent = {place for place in forms if forms[place] > 1 and place not in told}
    assert len(silent) > 50
    cells = defaultdict(list, {key: told for key, told in cells.items() if key[0] not in silent})
    answer = answers.series(rows, ask("victims", by=FORM, years="2019"))
    for one in answer:
        mine = [values for (_place, form), values in cells.items() if form == one["category"]]
        assert one["states"] == len(mine)
        assert one["low"] == sum(max(low for low, _high in values) for values in mine)
        assert one["high"] == sum(sum(high for _low, high in values) for values in mine)
        assert one["repeated"] == sum(len(values) > 1 for values in mine)


def test_change_stands_on_places_that_reported_in_both_years(
    glotip_lines: Lines, rows: Expression
) -> None:
    found = headline(glotip_lines, VICTIMS)
    for since, until in ((2019, 2020), (2010, 2018)):
        places = {place for place, year in found if year == since} & {
            place for place, year in found if year == until
        }
        (one,) = records(trends.change(rows, ask("victims"), since=since, until=until))
        assert one["states"] == len(places)
        assert one["low_since"] == sum(found[place, since][0] for place in places)
        assert one["high_since"] == sum(found[place, since][1] for place in places)
        assert one["low"] == sum(found[place, until][0] for place in places)
        assert one["high"] == sum(found[place, until][1] for place in places)


def test_convictions_in_classes(glotip_lines: Lines, rows: Expression) -> None:
    counted: Counter[tuple[object, str]] = Counter()
    for (_place, year), (low, high) in headline(glotip_lines, "Persons convicted").items():
        band = "1-10" if high <= 10 else "11-50" if low >= 11 and high <= 50 else "51+"
        counted[year, band] += 1
    answer = records(series.classes(rows, ask("convictions")))
    assert {(one["year"], one["band"]): one["states"] for one in answer} == counted


def test_funnel_over_places_that_reported_every_stage(
    glotip_lines: Lines, rows: Expression
) -> None:
    stages = [headline(glotip_lines, indicator) for indicator in INDICATORS[1:]]
    answer = records(justice.funnel(rows, ask("victims", years="2018")))
    places = set.intersection(
        *({place for place, year in stage if year == 2018} for stage in stages)
    )
    assert [one["states"] for one in answer] == [len(places)] * 4
    for one, stage in zip(answer, stages, strict=True):
        assert one["low"] == sum(stage[place, 2018][0] for place in places)
        assert one["high"] == sum(stage[place, 2018][1] for place in places)


def test_places_lie_where_the_workbook_says(glotip_lines: Lines) -> None:
    ours = {place.code: (place.region, place.subregion) for place in all_places()}
    # Groups of States have no code that says where they lie.
    told = {one[0]: (one[2], one[3]) for one in glotip_lines if one[0] and one[2]}
    assert len(told) > 150
    assert {code: ours[str(code)] for code in told} == told


def test_flows_between_two_countries(glotip_lines: Lines, rows: Expression) -> None:
    # Mexico to the United States, and Argentina at home ("Nationals" or by name, never both).
    def told(place: str, *names: str) -> int:
        return sum(
            by_hand(one[11])[0]
            for one in glotip_lines
            if one[0] == place and one[4] == VICTIMS and one[5] == CITIZENSHIP and one[6] in names
        )

    answer = {
        (one["origin"], one["place"]): one for one in records(flows.flows(rows, ask("victims")))
    }
    assert answer["MEX", "USA"]["low"] == told("USA", "Mexico")
    assert answer["MEX", "USA"]["reach"] == "other subregion"
    assert answer["VNM", "GBR"]["reach"] == "other region"
    assert answer["MMR", "THA"]["reach"] == "same subregion"
    # Both in Latin America and the Caribbean, which the workbook knows as one.
    assert answer["PER", "PAN"]["reach"] == "same subregion"
    assert answer["ARG", "ARG"]["reach"] == "domestic"


def test_totals_and_parts_by_sex(glotip_lines: Lines, rows: Expression) -> None:
    totals = headline(glotip_lines, VICTIMS)
    added: defaultdict[tuple[object, object], list[int]] = defaultdict(lambda: [0, 0])
    for one in glotip_lines:
        margin = one[8] == "Total" or one[7] == one[8] == "Unknown"
        if one[4] == VICTIMS and one[5] == "Total" and one[7] != "Total" and margin:
            low, high = by_hand(one[11])
            added[one[0] or one[1], one[9]][0] += low
            added[one[0] or one[1], one[9]][1] += high
    compared = parts.compared(rows, ask("victims"))
    answer = {
        (one["place"], one["year"]): one
        for one in records(compared.filter(compared.split == "sex"))
    }
    agreeing = 0
    for key, (low, high) in totals.items():
        if key not in added or key[0] in NO_STATES:
            continue
        one = answer[key]
        # Where a place gave some sexes only by age, ours adds those too: it then has more.
        if (one["parts_low"], one["parts_high"]) == tuple(added[key]):
            agree = added[key][0] <= high and added[key][1] >= low
            assert (one["verdict"] == parts.AGREE) == agree
            agreeing += agree
    assert agreeing > 700


def test_it_asks_about_what_can_be_seen_by_eye(rows: Expression) -> None:
    asked = checks.check(rows, places=["BOL"])
    told = {(doubt.code, doubt.year) for doubt in asked}
    # Bolivia 2017: 397 in total, and the parts by citizenship hold a row "TOTAL" beside.
    assert ("repeated", 2017) in told
    assert all(doubt.place == "BOL" and "Bolivia" in doubt.sentence for doubt in asked)


@pytest.mark.parametrize("name", tables.names())
def test_every_named_table_can_be_made(rows: Expression, name: str) -> None:
    answer = tables.table(rows, name, years=(2018, 2019))
    assert answer
    assert all(len(tables.above(name, language)) >= 5 for language in ("ar", "en"))
    for one in answer:
        if one.get("low") is not None and "high" in one:
            assert one["low"] <= one["high"]
        if one.get("share_low") is not None:
            assert 0 <= one["share_low"] <= one["share_high"] <= 1
