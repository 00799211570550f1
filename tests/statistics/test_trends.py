"""The trends page: what it shows, what it says of it, and what it does with rubbish."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import timedelta
from heapq import heappop, heappush
from pathlib import Path
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from openpyxl import load_workbook

from marsad.directory.models import State
from marsad.directory.types import OPERATOR
from marsad.statistics.actions import edition as editions
from marsad.statistics.actions import source as sources
from marsad.statistics.models import Source
from marsad.statistics.pace import LATEST, SOONEST, Pace
from marsad.statistics.queries import picture as queries
from marsad.statistics.types.choice import Choice
from marsad.statistics.types.picture import KINDS, Mark, Picture
from tests.review.conftest import salma, states  # noqa: F401 - asked for by name
from tests.statistics import trends_of_ours as ours
from tests.statistics.test_choice import CHOICES

pytestmark = pytest.mark.django_db
LATER = ours.NOON + timedelta(days=1)


@pytest.fixture(autouse=True)
def data_root(tmp_path: Path, settings: Any) -> None:
    settings.DATA_ROOT = str(tmp_path / "root")


@pytest.fixture
def published(tmp_path: Path, states: dict[str, State]) -> None:  # noqa: F811
    ours.bring(tmp_path)


@pytest.fixture
def client() -> Client:
    return Client(headers={"Accept-Language": "en"})


def seen(query: str, *, language: str = "en") -> Picture:
    return queries.picture(choice=Choice.of(QueryDict(query)), reader=OPERATOR, language=language)


def told(picture: Picture) -> dict[tuple[str, str], tuple[float, float]]:
    return {(mark.x, mark.series): (mark.low, mark.high) for mark in picture.marks}


def said(picture: Picture) -> str:
    return " ".join(picture.sentences)


# ── what is counted ──────────────────────────────────────────────────────────────────────────────
@given(CHOICES)
def test_it_settles_every_choice_on_one_address(choice: Choice) -> None:
    settled = queries.settled(choice)
    assert queries.settled(Choice.of(QueryDict(settled.query()))) == settled


def test_it_compares_the_same_states_unless_asked_otherwise(published: None) -> None:
    same = seen("")
    assert told(same) == {
        ("2016", ""): (30, 30), ("2017", ""): (13, 16), ("2018", ""): (44, 44),
        ("2019", ""): (47, 47),
    }  # fmt: skip
    assert "Only the 2 States that reported in every one of these years are counted." in said(same)
    assert "From 2016 to 2019 it rose by 57% in the 2 States that reported both." in said(same)
    every = seen("same=no")
    assert told(every)["2019", ""] == (1137, 1137)
    assert "Not the same States reported in each year: 2 in one, 3 in another." in said(every)


def test_a_small_count_is_a_range_and_said_to_be_one(published: None) -> None:
    picture = seen("places=XBX&years=2017")
    assert [(mark.low, mark.high, mark.censored) for mark in picture.marks] == [(1, 4, 1)]
    assert "Based on 1 to 4 detected trafficking victims in 1 State, 2017." in said(picture)
    assert "1 cell was given as a limit" in said(picture)


def test_shares_are_of_the_known_cases_and_the_unknown_are_said(published: None) -> None:
    picture = seen("kind=bars&by=sex")
    assert picture.is_share
    assert told(picture)["female", ""] == pytest.approx((9 / 14, 9 / 14))
    # 2 printed as unknown by Arkia; 31 and 1,090 in the totals of States that did not say the sex.
    assert "of 1,123 more that were reported" in said(picture)
    assert "of 2 more that were reported" in said(seen("kind=bars&by=sex&places=XAX"))


def test_a_share_that_is_a_range_is_told_as_one() -> None:
    from marsad.design.formatting import reading_as
    from marsad.statistics.queries.picture_words import Labels

    with reading_as(language="en") as formatter:
        labels = Labels(formatter)
        assert labels.percent(0.576, 0.5795) == "57.6% to 58.0%"
        assert labels.percent(0.0056, 0.0074) == "0.6% to 0.7%"
        assert labels.percent(0.4, 0.41) == "40% to 41%"
        assert labels.percent(9 / 14, 9 / 14) == "64%"


def test_whoever_told_the_unknown_alone_is_not_among_those_a_picture_stands_on(
    tmp_path: Path,
    states: dict[str, State],  # noqa: F811
) -> None:
    """The workbook has such a State: of 2019 its sex and age «Unknown», and no other."""
    sources.collection(code="glotip", at=ours.NOON)
    Source.objects.update(is_invented=True)
    part = f"{{}},{ours.VICTIMS},Total,Total,{{}},{{}},2019,Counts,{{}}"
    lines = [ours.total("XAX", 2019, "10"), ours.total("XBX", 2019, "31")]
    for sex, count in (("Female", 6), ("Male", 4)):
        lines.append(part.format("XAX", sex, "Total", count))
        lines.append(part.format("XAX", sex, "18 years or over", count))
    lines.append(part.format("XBX", "Unknown", "Unknown", 31))
    ours.take(ours.written(tmp_path, *lines), source="glotip", at=ours.NOON)
    for query in ("kind=pyramid", "kind=bars&by=sex", "kind=line&by=sex"):
        assert "Based on 10 detected trafficking victims in 1 State, 2019." in said(seen(query))
    assert "of 31 more that were reported" in said(seen("kind=bars&by=sex"))
    assert "in 2 States, 2019" in said(seen("kind=map"))


def test_limits_under_every_form_are_not_drawn_as_a_report(
    tmp_path: Path,
    states: dict[str, State],  # noqa: F811
) -> None:
    sources.collection(code="glotip", at=ours.NOON)
    Source.objects.update(is_invented=True)
    forms = ("Forced labour", "Sexual exploitation", "Other forms of exploitation")
    of_form = f"{ours.VICTIMS},by form of exploitation,{{}},Total,Total,2018,Counts"
    lines = [ours.total("XAX", 2018, "100")]
    lines += [f"XAX,{of_form.format(form)},50" for form in forms[:2]]
    lines += [f"{at},{of_form.format(form)},<5" for at in ("XBX", "XCX") for form in forms]
    ours.take(ours.written(tmp_path, *lines), source="glotip", at=ours.NOON)
    bars = seen("kind=bars&measure=count&years=2018-2018")
    assert told(bars) == {("forced-labour", ""): (50, 50), ("sexual", ""): (50, 50)}
    assert "in 1 State, 2018" in said(bars)
    worded = (
        "Of 2 States and places the source prints “<5” under each form and no total. That may mean "
        "that nothing was reported, so they are neither drawn nor counted here."
    )
    drawn = seen("kind=map&form=sexual&years=2018")
    assert [mark.x for mark in drawn.marks] == ["XAX"]
    assert worded in said(bars)
    assert worded in said(drawn)
    alone = seen("kind=bars&places=XBX&years=2018")
    assert not alone.marks
    assert "may mean that nothing was reported" in said(alone)
    assert "may mean" not in said(seen("kind=map&years=2018"))


def test_every_kind_of_picture_says_what_it_stands_on(published: None) -> None:
    for kind in KINDS:
        for language in ("ar", "en"):
            picture = seen(f"kind={kind}", language=language)
            assert picture.marks, kind
            assert picture.language == language
            assert all(mark.low <= mark.high for mark in picture.marks)
            assert all(sentence.strip() for sentence in picture.sentences)
            assert picture.at == ours.NOON


def test_the_funnel_stands_on_those_that_reported_all_four(published: None) -> None:
    picture = seen("kind=funnel")
    assert [(mark.x, mark.low, mark.high) for mark in picture.marks] == [
        ("offences", 8, 8), ("suspects", 11, 11), ("prosecutions", 6, 6), ("convictions", 1, 4),
    ]  # fmt: skip


def test_flows_go_from_citizenship_to_the_place(published: None) -> None:
    assert told(seen("kind=flows&by=country"))["XBX", "XAX"] == (7, 7)


def test_the_pyramid_has_a_side_for_each_sex(published: None) -> None:
    assert told(seen("kind=pyramid")) == {
        ("children", "female"): (1, 4), ("adults", "female"): (7, 7), ("adults", "male"): (5, 5),
    }  # fmt: skip


def test_places_go_by_their_names_and_not_by_their_figures(published: None) -> None:
    names = [mark.x_label for mark in seen("kind=map").marks]
    assert names == sorted(names)
    assert names[0] == "Arkia"
    assert seen("kind=map", language="ar").marks[0].x_label == "أرقيا"


def test_it_says_which_of_the_chosen_reported_nothing(published: None) -> None:
    assert "No figures from Delmaria." in said(seen("places=XAX,XDX"))


def test_an_empty_answer_says_why_and_what_to_do(published: None, client: Client) -> None:
    page = client.get("/statistics/", {"years": "1990-1995"})
    assert page.status_code == 200
    assert "figures are from 2016–2019" in page.content.decode()
    assert "Choose other years." in page.content.decode()


def test_before_anything_is_published_it_says_so(client: Client) -> None:
    page = client.get("/statistics/")
    assert page.status_code == 200
    assert "There are no figures yet" in page.content.decode()


# ── the page ─────────────────────────────────────────────────────────────────────────────────────
def test_the_first_view_needs_no_choice(published: None, client: Client) -> None:
    page = client.get("/statistics/").content.decode()
    assert "Detected trafficking victims, 2016–2019" in page
    assert "<svg" in page
    assert page.count("/statistics/pictures/") > 10


def test_a_form_without_a_script_comes_to_the_one_address(published: None, client: Client) -> None:
    typed = "kind=line&indicator=victims&by=&measure=count&since=2016&until=&places=XAX&places=XBX"
    answer = client.get(f"/statistics/?{typed}&same=yes&form=&sex=&age=&numerals=&at=")
    assert answer.status_code == 302
    assert answer["Location"] == "/statistics/?places=XAX,XBX&years=2016-"
    assert client.get(answer["Location"]).status_code == 200


def test_a_part_of_the_page_says_its_address(published: None, client: Client) -> None:
    answer = client.get("/statistics/?kind=map&at=", headers={"HX-Request": "true"})
    assert answer["HX-Push-Url"] == "/statistics/?kind=map"
    assert "<html" not in answer.content.decode()
    assert "HX-Request" in answer["Vary"]


def test_the_table_holds_every_figure_and_is_sorted(published: None, client: Client) -> None:
    def years(sort: str) -> list[str]:
        page = client.get("/statistics/", {"sort": sort}).content.decode()
        return re.findall(r'<th scope="row">(\d{4})</th>', page)

    assert years("x") == ["2016", "2017", "2018", "2019"]
    assert years("number") == ["2017", "2016", "2018", "2019"]
    assert years("-number") == ["2019", "2018", "2016", "2017"]


def test_states_are_not_put_in_an_order_of_their_figures(published: None, client: Client) -> None:
    plain = client.get("/statistics/", {"kind": "map"}).content.decode()
    sorted_ = client.get("/statistics/", {"kind": "map", "sort": "-number"}).content.decode()
    names = re.compile(r'<th scope="row">([^<]+)</th>')
    assert names.findall(plain) == names.findall(sorted_) == ["Arkia", "Bahrestan", "Corrida"]


def test_every_figure_can_be_asked_where_it_comes_from(published: None, client: Client) -> None:
    for query in ("", "kind=bars", "kind=bars&by=sex", "kind=pyramid", "kind=map", "kind=funnel"):
        page = client.get(f"/statistics/?{query}").content.decode()
        links = re.findall(r'href="(/statistics/where-from/[^"]+)"', page)
        assert links, query
        for link in [*links[:2], links[-1]]:
            answer = client.get(link.replace("&amp;", "&"))
            assert answer.status_code == 200, link


def test_a_citation_shows_the_same_after_the_figures_changed(
    published: None, client: Client, tmp_path: Path
) -> None:
    page = client.get("/statistics/").content.decode()
    cited = re.search(r"http://testserver(/statistics/\?at=[0-9TZ:.%-]+)", page)
    assert cited
    ours.take(
        ours.written(tmp_path, ours.total("XAX", 2019, "17"), name="new.csv"),
        source="glotip",
        at=LATER,
    )
    assert "Detected trafficking victims, 2019" in client.get("/statistics/").content.decode()
    assert "Detected trafficking victims, 2016–2019" in client.get(cited[1]).content.decode()


RUBBISH = ["<script>", "'; DROP TABLE", "\u202e", "9" * 400, "2021-2001", "٪", "null", "-", "=1+1"]


@pytest.mark.parametrize("name", ["kind", "indicator", "places", "years", "since", "until", "form",
    "sex", "age", "by", "measure", "same", "at", "numerals"])  # fmt: skip
def test_rubbish_gets_a_sentence(published: None, client: Client, name: str) -> None:
    for rubbish in RUBBISH:
        page = client.get("/statistics/", {name: rubbish})
        words = page.content.decode()
        assert page.status_code == 422, rubbish
        assert 'role="alert"' in words
        assert "<script>" not in words.partition("<main")[2]
        told = client.get(f"/api/v1/statistics/pictures/{'line' if name != 'kind' else 'pie'}",
                          {name: rubbish})  # fmt: skip
        if name not in ("since", "until"):
            assert told.status_code == 422, rubbish
            assert told.json()["message"].endswith(".")


def test_other_rubbish_harms_nothing(published: None, client: Client) -> None:
    for query in ("sort=DROP", "page=1e9", "kind=map&by=sex&measure=share", "sort=-number&sort=x"):
        assert client.get(f"/statistics/?{query}", follow=True).status_code == 200


# ── files ────────────────────────────────────────────────────────────────────────────────────────
def test_it_can_be_taken_away_as_anything(published: None, client: Client) -> None:
    begins = {
        "png": b"\x89PNG",
        "svg": b"<svg",
        "csv": b"\xef\xbb\xbf",
        "xlsx": b"PK",
        "json": b"{",
    }
    for format_, first in begins.items():
        answer = client.get(f"/statistics/pictures/line.{format_}?places=XAX,XBX")
        assert answer.status_code == 200
        assert answer.content.startswith(first)
        assert "statistics-line-2016-2019-en" in answer["Content-Disposition"]


def test_the_data_carry_the_query_itself(published: None, client: Client) -> None:
    found = json.loads(client.get("/statistics/pictures/line.json?years=2016-2019").content)
    assert found["query"]["years"] == [2016, 2019]
    assert "at=" in found["query"]["address"]
    assert found["marks"][1]["low"] == 13


def test_a_sheet_holds_the_ranges(published: None, client: Client) -> None:
    book = load_workbook(io.BytesIO(client.get("/statistics/pictures/line.xlsx").content))
    lines = [list(line) for line in book.active.iter_rows(values_only=True)]  # type: ignore[union-attr]
    assert [2017, 13, 16, 1, 2] in [line[:5] for line in lines]


def test_what_a_picture_stands_on_is_told_as_sdmx(published: None, client: Client) -> None:
    told = client.get("/statistics/pictures/funnel.sdmx").content.decode()
    assert "Persons convicted" in told
    assert "MARSAD:DF_TIP" in told
    # The Goals have no codes for invented States; the story of the real workbook has theirs.
    assert "MARSAD:DF_TIP" in client.get("/statistics/pictures/map.sdmx").content.decode()


def test_sdmx_of_forms_holds_forms_and_no_totals(
    tmp_path: Path,
    states: dict[str, State],  # noqa: F811
    client: Client,
) -> None:
    sources.collection(code="glotip", at=ours.NOON)
    Source.objects.update(is_invented=True)
    line = "XAX,Persons convicted,{},{},Total,Total,2019,Counts,{}"
    form = ("by form of exploitation", "Forced labour", 6)
    lines = [line.format("Total", "Total", 9), line.format(*form)]
    ours.take(ours.written(tmp_path, *lines), source="glotip", at=ours.NOON)
    text = client.get("/statistics/pictures/bars.sdmx?indicator=convictions").content.decode()
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["CATEGORY"], row["OBS_VALUE"]) == ("Forced labour", "6")


def test_sdmx_holds_the_rows_of_the_picture_and_no_others(published: None, client: Client) -> None:
    def rows(address: str) -> list[dict[str, str]]:
        text = client.get(f"/statistics/pictures/{address}").content.decode()
        return list(csv.DictReader(io.StringIO(text)))

    # Arkia alone told of all four stages: of victims, of sexes and of ages nothing is drawn.
    assert len(rows("funnel.sdmx")) == 4
    assert len(rows("flows.sdmx?places=XAX")) == len(rows("flows.sdmx")) == 1
    # Of Bahrestan's citizens one State told, and Corrida neither told nor was told of.
    assert len(rows("flows.sdmx?places=XBX")) == 1
    refused = client.get("/statistics/pictures/flows.sdmx?places=XCX")
    assert refused.status_code == 404


def test_what_does_not_exist_is_not_found(published: None, client: Client) -> None:
    assert client.get("/statistics/pictures/line.exe").status_code == 404
    assert client.get("/statistics/pictures/pie.png").status_code == 422
    assert client.get("/statistics/pictures/line.csv?language=xx").status_code == 422


def test_years_in_a_file_are_numbers_in_any_language(published: None, client: Client) -> None:
    url = "/statistics/pictures/line.{}?language=ar&numerals=arab"
    lines = client.get(url.format("csv")).content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[1] for line in lines[1:3]] == ['"2016"', '"2017"']
    sheet = load_workbook(io.BytesIO(client.get(url.format("xlsx")).content)).active
    assert {2016, 2017} <= {row[0] for row in sheet.iter_rows(values_only=True)}


def test_a_picture_that_did_not_change_is_not_sent_again(published: None, client: Client) -> None:
    url = "/statistics/pictures/line.csv"
    tag = client.get(url)["ETag"]
    again = client.get(url, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(f"{url}?kind=line&numerals=arab", headers={"If-None-Match": tag})
    assert other.status_code == 200


# ── figures of now ───────────────────────────────────────────────────────────────────────────────
def test_what_is_verified_changes_what_is_told_at_once(
    published: None,
    client: Client,
    tmp_path: Path,
    salma: Any,  # noqa: F811
) -> None:
    before = client.get("/statistics/now/")
    assert (
        client.get("/statistics/now/", headers={"If-None-Match": before["ETag"]}).status_code == 304
    )
    source = sources.of_state(iso2="XA", at=LATER)
    Source.objects.update(is_invented=True)
    file = ours.written(tmp_path, ours.total("XAX", 2019, "61"), name="own.csv")
    own = ours.take(file, source=source.code, at=LATER)
    assert (
        client.get("/statistics/now/", headers={"If-None-Match": before["ETag"]}).status_code == 304
    )
    editions.verify(key=own.key, by=salma, at=LATER)
    after = client.get("/statistics/now/", headers={"If-None-Match": before["ETag"]})
    assert after.json()["version"] != before.json()["version"]
    assert told(seen(""))["2019", ""] == (92, 92)
    assert "figures of 1 State itself" in said(seen(""))
    assert "figures of 1 State itself" in said(seen("places=XAX"))
    assert "itself" not in said(seen("places=XBX"))


def test_what_was_withdrawn_is_shown_as_it_was_and_said_to_be_withdrawn(
    published: None,
    client: Client,
    tmp_path: Path,
    salma: Any,  # noqa: F811
) -> None:
    """Salma takes back what her State published; an old address still tells it, and says so."""
    source = sources.of_state(iso2="XA", at=LATER)
    Source.objects.update(is_invented=True)
    file = ours.written(tmp_path, ours.total("XAX", 2019, "61"), name="own.csv")
    own = ours.take(file, source=source.code, at=LATER)
    editions.verify(key=own.key, by=salma, at=LATER)
    then = (LATER + timedelta(hours=1)).isoformat().replace("+00:00", "Z")
    before = seen(f"at={then}")
    editions.withdraw(key=own.key, by=salma, at=LATER + timedelta(days=1))
    after = seen(f"at={then}")
    assert told(after) == told(before)
    assert "Withdrawn since" not in said(before) + said(seen(""))
    assert "Withdrawn since, on " in said(after)
    assert "Withdrawn since" not in said(seen(f"kind=line&places=XBX&at={then}"))
    for url in (
        f"/statistics/?at={then}",
        f"/statistics/pictures/line.json?at={then}",
        f"/statistics/tables/detected-victims/?at={then}",
    ):
        assert "Withdrawn since" in client.get(url).text, url
    origin = client.get(f"/statistics/where-from/?indicator=victims&year=2019&at={then}").text
    assert "Withdrawn" in origin


def test_no_file_of_what_was_withdrawn_keeps_silent_about_it(
    published: None,
    client: Client,
    tmp_path: Path,
    salma: Any,  # noqa: F811
) -> None:
    source = sources.of_state(iso2="XA", at=LATER)
    Source.objects.update(is_invented=True)
    file = ours.written(tmp_path, ours.total("XAX", 2019, "61"), name="own.csv")
    own = ours.take(file, source=source.code, at=LATER)
    editions.verify(key=own.key, by=salma, at=LATER)
    then = (LATER + timedelta(hours=1)).isoformat().replace("+00:00", "Z")
    url = f"/statistics/pictures/line.csv?at={then}&language=en"
    before = client.get(url)
    assert "withdrawn" not in before.text.lower()
    editions.withdraw(key=own.key, by=salma, at=LATER + timedelta(days=1))
    # Whoever has the file of before is not told that it is the same still.
    after = client.get(url, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    head, *lines = csv.reader(io.StringIO(after.content.decode("utf-8-sig")))
    assert "Withdrawn since, on " in head[0]
    assert lines
    assert all(line[0] == "made up; withdrawn since" for line in lines)
    sheet = load_workbook(io.BytesIO(client.get(url.replace(".csv", ".xlsx")).content)).active
    notes = [str(line[0]) for line in sheet.iter_rows(values_only=True)]  # type: ignore[union-attr]
    assert sum(note.startswith("Withdrawn since, on ") for note in notes) == 1


def test_the_api_gives_the_picture(published: None, client: Client) -> None:
    found = client.get("/api/v1/statistics/pictures/bars?by=sex&language=ar").json()
    assert found["kind"] == "bars"
    assert found["language"] == "ar"
    assert [mark["x"] for mark in found["marks"]] == ["female", "male"]
    assert Mark(**found["marks"][0]).high == pytest.approx(9 / 14)


def test_few_open_pages_ask_often_and_many_ask_every_second() -> None:
    def asked(pages: int, *, seconds: int = 20) -> tuple[int, float]:
        """Questions in the last second, and how long a page waits in the end."""
        pace, waits, last = Pace(), SOONEST, 0
        due = [(page / pages, page) for page in range(pages)]
        while due[0][0] < seconds:
            at, page = heappop(due)
            waits = pace.next(now=at)
            last += at >= seconds - 1
            heappush(due, (at + waits, page))
        return last, waits

    assert asked(3) == (pytest.approx(10, abs=2), SOONEST)
    many, waits = asked(100)
    assert many <= 200
    assert SOONEST < waits < LATEST
    assert asked(400)[1] == LATEST


# ── who is not in the shares, and who detected those that are drawn ───────────────────────────────
def _published(folder: Path, *lines: str) -> None:
    sources.collection(code="glotip", at=ours.NOON)
    Source.objects.update(is_invented=True)
    ours.take(ours.written(folder, *lines), source="glotip", at=ours.NOON)


def test_a_line_of_shares_counts_the_unknown_of_years_that_told_no_part(
    tmp_path: Path,
    states: dict[str, State],  # noqa: F811
) -> None:
    """It said that none was reported as unknown, where two years had totals and nothing else."""
    part = f"XAX,{ours.VICTIMS},Total,Total,Total,{{}},{{}},Counts,{{}}"
    _published(
        tmp_path,
        ours.total("XAX", 2016, "10"),
        part.format("0 to 17 years", 2016, 4),
        part.format("18 years or over", 2016, 6),
        ours.total("XAX", 2017, "1,192"),
        ours.total("XAX", 2018, "<5"),
        ours.total("XAX", 2019, "8"),
        part.format("18 years or over", 2019, 8),
        # After the last year of which anything is known, and so in no picture.
        ours.total("XAX", 2020, "300"),
    )
    picture = seen("places=XAX&by=age&measure=share")
    assert told(picture) == {
        ("2016", "children"): (0.4, 0.4), ("2016", "adults"): (0.6, 0.6),
        ("2019", "adults"): (1, 1),
    }  # fmt: skip
    assert "Based on 18 detected trafficking victims in 1 State, 2016–2019." in said(picture)
    assert "of 1,193 to 1,196 more that were reported, as unknown or in a total" in said(picture)
    assert "none was reported as unknown" in said(seen("places=XAX&by=age&kind=bars"))


def test_flows_are_based_on_the_states_that_detected_those_who_are_drawn(
    tmp_path: Path,
    states: dict[str, State],  # noqa: F811
) -> None:
    """Whoever told no country of citizenship at all was counted among them."""
    origin = f"{{}},{ours.VICTIMS},by citizenship,{{}},Total,Total,2019,Counts,{{}}"
    _published(
        tmp_path,
        origin.format("XAX", "Bahrestan", 7),
        origin.format("XAX", "Stateless", 2),
        origin.format("XBX", "Stateless", 31),
    )
    for by in ("country", "region", "subregion"):
        picture = seen(f"kind=flows&by={by}&years=2019")
        assert "Based on 7 detected trafficking victims in 1 State, 2019." in said(picture)
        assert "Of 33 more, no country of citizenship is named" in said(picture)
    assert picture.places == ("XAX",)
