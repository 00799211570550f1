"""Pictures for scripts: the same choice as the page takes, and what was made of it as JSON."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal, cast

from django.http import HttpRequest
from django.urls import reverse
from ninja import Query, Router, Schema

from marsad.directory.types import PersonRequest
from marsad.statistics import picture_files
from marsad.statistics.queries import picture as queries
from marsad.statistics.types.choice import Choice

router = Router(tags=["statistics"])


class PictureQuery(Schema):
    """What is chosen; all of it may be left out. Words are told in the answer to a wrong one."""

    #: Code: victims, offences, suspects, prosecutions, convictions.
    indicator: str = ""
    #: Codes of three letters with commas between them.
    places: str = ""
    #: "2019", "2015-2020", "2015-".
    years: str = ""
    form: str = ""
    sex: str = ""
    age: str = ""
    #: sex, age, form, region, subregion, country.
    by: str = ""
    #: count or share.
    measure: str = ""
    #: "no" compares years over all that reported, whichever the year.
    same: str = ""
    #: The figures as they were in force then: 2026-11-22, or with a time.
    at: str = ""
    #: arab or latn.
    numerals: str = ""
    #: Of every word in the answer.
    language: Literal["ar", "en"] = "en"


class PictureOut(Schema):
    """A picture: every mark with the range that it lies in, and what must be said with it."""

    kind: str
    language: str
    title: str
    sentences: list[str]
    is_share: bool
    #: Made up for the demonstration.
    is_invented: bool
    #: Since when these figures are in force.
    as_at: str | None
    years: list[int] | None
    #: Codes of the places that it stands on.
    places: list[str]
    x_title: str
    y_title: str
    series: list[dict[str, str]]
    order: list[dict[str, str]]
    marks: list[dict[str, Any]]
    #: The query itself, and the address of the same view for people.
    query: dict[str, Any]


@router.get("/pictures/{kind}", response=PictureOut, summary="A picture of the figures in force")
def picture(request: HttpRequest, kind: str, asked: Query[PictureQuery]) -> dict[str, Any]:
    """line, bars, pyramid, map, flows, funnel, classes or coverage."""
    given = {**asked.dict(exclude={"language"}), "kind": kind}
    choice = queries.settled(Choice.of(given))
    reader = cast(PersonRequest, request).reader
    made = queries.picture(choice=choice, reader=reader, language=asked.language)
    page = f"{reverse('statistics:trends')}?{replace(choice, at=made.at).query()}"
    return picture_files.as_data(made, choice=choice, address=request.build_absolute_uri(page))
