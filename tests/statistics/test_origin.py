"""Every figure says where it comes from: rows, edition, who brought it in and who verified it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from marsad.directory.models import Body, Membership, Person
from marsad.directory.types import OPERATOR, BodyKind, Role
from marsad.statistics import problems
from marsad.statistics.actions import edition as editions
from marsad.statistics.actions import source as sources
from marsad.statistics.models import Edition
from marsad.statistics.queries import origin as queries
from marsad.statistics.queries import picture as pictures
from marsad.statistics.queries import tables
from marsad.statistics.queries.picture_origin import origin_query
from marsad.statistics.types.choice import Choice
from marsad.statistics.types.origin import Origin, OriginQuery
from marsad.statistics.types.table import TableChoice
from marsad.tabulation import tables as named
from tests.statistics.tables_of_ours import (
    ADRIA,
    FORM,
    HEADING,
    LATER,
    ORIA,
    ROWS,
    VICTIMS,
    bring,
    row,
    written,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house_of_ours")]


def asked(address: str, *, language: str = "en") -> Origin:
    query = OriginQuery.of(dict(parse_qsl(urlsplit(address).query, keep_blank_values=True)))
    return queries.origin(query=query, reader=OPERATOR, language=language)


def test_a_figure_leads_to_its_rows_as_they_were_printed(figures_of_ours: Edition) -> None:
    found = asked(queries.origin_address(indicator="victims", year=2019, place=ADRIA))
    (one,) = found.rows
    assert (one.value, one.low, one.high, one.row) == ("<5", 1, 4, 3)
    assert (found.low, found.high, found.total) == (1, 4, 1)
    assert one.remarks == ["“<5” stands for a count from 1 to 4; it is kept as this range."]
    assert "1 row gives a limit" in " ".join(found.how)
    (edition,) = found.editions
    assert (edition.file_name, edition.number) == ("figures.csv", 1)
    assert edition.brought_by == "the office that runs this installation"
    assert "public before it came here" in edition.verified


def test_parts_are_told_only_where_no_margin_is(figures_of_ours: Edition) -> None:
    # Oria told sex and age together and no sum by sex; Adria told the sum itself.
    parts = asked(queries.origin_address(indicator=VICTIMS, sex="female", year=2019, place=ORIA))
    assert [one.value for one in parts.rows] == ["12", "<5"]
    assert (parts.low, parts.high) == (13, 16)
    margin = asked(queries.origin_address(indicator=VICTIMS, sex="female", year=2017, place=ADRIA))
    assert [one.value for one in margin.rows] == ["700"]


def test_the_origin_of_every_cell_makes_its_figure(figures_of_ours: Edition) -> None:
    checked = 0
    for name in named.names():
        defined = named.definition(name)
        if defined.expression in ("classes", "coverage", "directions", "steps"):
            continue
        choice = TableChoice(name=name)
        view = tables.table(choice=choice, reader=OPERATOR, language="en")
        for one in view.records:
            query = tables.origin_of(defined, choice, one)
            # What an address says is what was asked.
            assert OriginQuery.of(dict(parse_qsl(query.query(), keep_blank_values=True))) == query
            found = queries.origin(query=query, reader=OPERATOR, language="en")
            assert (found.low, found.high) == (one["low"], one["high"]), (name, one)
            checked += 1
    assert checked > 40


@pytest.mark.parametrize(
    "asked",
    [
        "kind=line&same=no",
        "kind=line&by=form&same=no",
        "kind=line&by=sex&same=no",
        "kind=bars&by=form&measure=count",
        "kind=bars&by=region&measure=count",
        "kind=bars&by=subregion&measure=count",
        "kind=line&form=forced-labour&same=no",
        "kind=map&form=sexual&years=2017",
        "kind=pyramid",
        "kind=flows&by=country&years=2017",
        "kind=funnel&years=2019",
    ],
)
def test_the_origin_of_every_mark_makes_its_figure(tmp_path: Path, asked: str) -> None:
    """Whoever follows a mark of a picture finds the figure that they followed."""
    found_in_europe = [
        ["Austria", *row("", 2019, "7")[1:]],
        [
            "Austria",
            *row("", 2017, "9", dimension=FORM, category="Forced labour")[1:],
        ],
    ]
    bring(written(tmp_path / "figures.csv", [*ROWS, *found_in_europe]))
    choice = pictures.settled(Choice.of(dict(parse_qsl(asked))))
    picture = pictures.picture(choice=choice, reader=OPERATOR, language="en")
    followed = 0
    for mark in picture.marks:
        address = origin_query(mark, choice=choice, picture=picture)
        if not address:
            continue
        query = OriginQuery.of(dict(parse_qsl(address, keep_blank_values=True)))
        found = queries.origin(query=query, reader=OPERATOR, language="en")
        assert (found.low, found.high) == (mark.low, mark.high), address
        followed += 1
    assert followed


def test_places_are_all_asked_for_or_none() -> None:
    many = ",".join(f"X{one}{other}" for one in "ABCDEFGHIJKL" for other in "ABCDEFGHIJKL")
    query = OriginQuery.of({"indicator": "victims", "place": many})
    assert len(query.places) == 144
    assert OriginQuery.of(dict(parse_qsl(query.query()))) == query
    with pytest.raises(problems.OriginNotUnderstood):
        OriginQuery.of({"indicator": "victims", "place": ",".join(["XAA"] * 2000)})


def test_it_names_offices_and_no_persons(tmp_path: Path) -> None:
    bring(written(tmp_path / "figures.csv", ROWS))
    nour = Person.objects.create_user("nour@state.example", name="Nour Haddad")
    body = Body.objects.create(
        kind=BodyKind.NATIONAL_COORDINATION,
        state_id="XA",
        name_en="Coordination of Adria",
        name_ar="تنسيق أدريا",
    )
    Membership.objects.create(
        person=nour, body=body, role=Role.FOCAL_POINT, from_date=date(2020, 1, 1)
    )
    source = sources.of_state(iso2="XA", at=LATER)
    source.is_invented = True
    source.save()
    own = bring(written(tmp_path / "own.csv", [row(ADRIA, 2019, "3")]), source.code, by=nour)
    editions.verify(key=own.key, by=nour, at=LATER)
    address = queries.origin_address(indicator="victims", year=2019, place=ADRIA)
    found = asked(address)
    (edition,) = found.editions
    assert (found.low, edition.brought_by) == (3, "Coordination of Adria")
    assert "Verified for Adria by its office “Coordination of Adria”" in edition.verified
    assert "Nour" not in json.dumps(found.as_json(), default=str)
    assert "أدريا" in asked(address, language="ar").editions[0].verified
    # As it was before the State gave its own.
    before = asked(
        queries.origin_address(
            indicator="victims", year=2019, place=ADRIA, at=LATER.replace(day=1, month=3)
        ).replace("2026-03-01T11", "2026-03-30T11")
    )
    assert (before.low, before.high) == (1, 4)


def test_what_nobody_verifies_of_a_file_is_told_to_its_own_people_only(
    tmp_path: Path, client: Client
) -> None:
    """Nour verifies figures; her file, its sheet and a note beside a row name somebody.

    Nobody else sees.
    """
    nour = Person.objects.create_user("nour@state.example", name="Nour Haddad")
    body = Body.objects.create(
        kind=BodyKind.MINISTRY, state_id="XA", name_en="Ministry", name_ar="وزارة"
    )
    Membership.objects.create(
        person=nour, body=body, role=Role.FOCAL_POINT, from_date=date(2020, 1, 1)
    )
    source = sources.of_state(iso2="XA", at=LATER)
    citizens = row(ADRIA, 2019, "3", dimension="by citizenship", category="Oria")
    rows = [[*one, "of them one is Layla"] for one in (row(ADRIA, 2019, "3"), citizens)]
    file = tmp_path / "figures of Layla.xlsx"
    book = Workbook()
    sheet = book.create_sheet("the case of Layla", 0)
    for line in ([*HEADING.split(","), "note"], *rows):
        sheet.append(line)
    book.save(file)
    own = bring(file, source.code, by=nour)
    editions.verify(key=own.key, by=nour, at=LATER)
    address = queries.origin_address(indicator="victims", year=2019, place=ADRIA)
    flows = reverse("statistics:picture", args=["flows", "sdmx"])
    for url in (address, address.replace("where-from/", "where-from/as/json/"), flows):
        told = client.get(url, headers={"accept-language": "en"})
        assert told.status_code == 200
        assert "Layla" not in told.text
    query = OriginQuery.of(dict(parse_qsl(urlsplit(address).query)))
    for reader in (nour, OPERATOR):
        found = queries.origin(query=query, reader=reader, language="en")
        assert found.editions[0].file_name == "figures of Layla.xlsx"
        assert found.rows[0].sheet == "the case of Layla"
        assert found.rows[0].note == "of them one is Layla"


def test_what_nobody_said_is_not_none(figures_of_ours: Edition, client: Client) -> None:
    address = queries.origin_address(indicator="victims", year=2018, place=ADRIA)
    assert (asked(address).low, asked(address).rows) == (None, [])
    page = client.get(address, headers={"accept-language": "en"}).content.decode()
    assert "That is not none" in page


def test_the_page_and_its_json_say_the_same(figures_of_ours: Edition, client: Client) -> None:
    address = queries.origin_address(indicator="victims", year=(2017, 2019))
    page = client.get(address, headers={"accept-language": "en"}).content.decode()
    assert "1,323–1,326" in page
    assert "figures.csv" in page
    told = client.get(address.replace("where-from/", "where-from/as/json/")).json()
    assert (told["low"], told["high"], told["total"]) == (1323, 1326, 3)
    arabic = client.get(address, headers={"accept-language": "ar"}).content.decode()
    assert "من أين جاء هذا؟" in arabic


def test_rubbish_is_answered_with_a_sentence(figures_of_ours: Edition, client: Client) -> None:
    with pytest.raises(problems.OriginNotUnderstood):
        OriginQuery.of({})
    for wrong in (
        "",
        "indicator=victims&year=soon",
        "indicator=victims&at=then",
        "indicator=victims&at=0001-01-01T00:00:00%2B05:00",
    ):
        page = client.get(f"/statistics/where-from/?{wrong}", headers={"accept-language": "en"})
        assert page.status_code == 422
    assert client.get("/statistics/where-from/?indicator=tourists&page=x").status_code == 200
    # A zone a day away is a moment, and none that a database would know.
    far = client.get("/statistics/where-from/?indicator=victims&at=2026-03-20T11:00:00%2B23:59")
    assert far.status_code == 200
