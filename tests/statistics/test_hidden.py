"""A table of lists goes in, an estimate with all that must be said with it comes out."""

from __future__ import annotations

import base64
import csv
import io
import json
import os
import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from marsad.directory.types import OPERATOR, Reader
from marsad.journal.models import Entry
from marsad.statistics import problems
from marsad.statistics.queries import hidden as queries
from marsad.statistics.types.hidden import HiddenView

pytestmark = pytest.mark.django_db

SHARED = Path(os.environ.get("MARSAD_SHARED") or Path(__file__).parents[2].parent / "shared")
LISTS = (
    b"police,shelters,hotline,count\n1,0,0,200\n0,1,0,150\n0,0,1,180\n1,1,0,90\n1,0,1,12\n"
    b"0,1,1,10\n1,1,1,5\n"
)
APART = b"police,shelters,hotline,count\n1,0,0,40\n0,1,0,30\n0,0,1,20\n"


def told(
    data: bytes,
    *,
    draw: bool = False,
    language: str = "en",
    reader: Reader = OPERATOR,
    **more: object,
) -> HiddenView:
    return queries.estimated(
        data,
        name="lists.csv",
        method="stepwise",
        draw=draw,
        reader=reader,
        language=language,
        **more,  # type: ignore[arg-type]
    )


def test_it_tells_the_model_in_words_and_what_was_tried() -> None:
    view = told(LISTS)
    assert view.headline.startswith("About ")
    assert "likelier" in view.model[0]
    assert "police" in view.model[0]
    assert view.tried[0].result == "taken in"
    assert view.tried[-1].result == "not rare enough: the search ends"
    assert {check.tone for check in view.checks} <= {"good", "warning"}


@pytest.mark.parametrize(
    ("alone", "noun"), [(40, "١٠٠ شخص،"), (42, "١٠٤ أشخاص،"), (46, "١١٢ شخصًا،")]
)
def test_a_number_and_what_it_counts_agree(alone: int, noun: str) -> None:
    """In Arabic the last two digits tell."""
    data = f"a,b,n\n1,0,{alone}\n0,1,10\n1,1,10\n".encode()
    assert noun in told(data, language="ar").headline


def test_bounds_of_both_kinds_stand_in_the_picture() -> None:
    view = told(LISTS, draw=True)
    assert len(view.bars) == 2
    for bar in view.bars:
        assert 0 <= bar.start < bar.point < bar.end <= 100
    assert 0 < view.seen_at < view.bars[0].start
    arabic = told(LISTS, language="ar")
    # Whoever reads from right to left reads the axis so.
    assert arabic.bars[0].start > arabic.bars[0].point > arabic.bars[0].end


def test_too_many_lists_are_not_drawn_anew_on_a_page() -> None:
    names = [f"list {place}" for place in range(queries.MOST_LISTS + 1)]
    rows = [
        ",".join("1" if at == place else "0" for at in range(len(names)))
        for place in range(len(names))
    ]
    data = "\n".join([",".join([*names, "n"]), *(f"{row},9" for row in rows)]).encode()
    with pytest.raises(problems.TooManyListsForAPage):
        told(data, draw=True)


def of_lists(many: int) -> bytes:
    names = [f"list {place}" for place in range(many)]
    rows = [",".join("1" if at == place else "0" for at in range(many)) for place in range(many)]
    return "\n".join([",".join([*names, "n"]), *(f"{row},9" for row in rows)]).encode()


@pytest.mark.parametrize(
    ("many", "draw"),
    [(queries.MOST_OF_VISITORS + 1, False), (queries.MOST_DRAWN_OF_VISITORS + 1, True)],
)
def test_somebody_who_has_not_signed_in_keeps_no_processor_busy(many: int, draw: bool) -> None:
    with pytest.raises(problems.TooManyListsForVisitors) as refused:
        told(of_lists(many), draw=draw, reader=AnonymousUser())
    assert refused.value.details == {"count": many, "most": 6, "drawn": 4}


def test_what_takes_too_long_is_ended_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "SECONDS_OF_VISITORS", -1)
    with pytest.raises(problems.TakesTooLong):
        told(LISTS, draw=True, reader=AnonymousUser())


def test_a_choice_of_level_is_in_the_digits_of_its_reader(client: Client) -> None:
    page = client.get(reverse("statistics:hidden"), headers={"accept-language": "ar"}).text
    assert "٨٠" in page
    assert ">80 " not in page


def test_no_spreadsheet_takes_the_name_of_a_list_for_a_formula() -> None:
    view = told(LISTS.replace(b"police", b"=cmd()"))
    cells = [cell for row in csv.reader(io.StringIO(view.csv)) for cell in row]
    assert any("=cmd()" in cell for cell in cells)
    assert not any(cell.startswith(("=", "+", "@")) for cell in cells)


def test_the_page_estimates_a_file_and_keeps_nothing(client: Client) -> None:
    before = Entry.objects.count()
    page = client.post(
        reverse("statistics:hidden"),
        {"file": SimpleUploadedFile("lists.csv", LISTS), "method": "stepwise", "level": "0.95"},
        headers={"accept-language": "en"},
    )
    assert page.status_code == 200
    assert 'id="estimate"' in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert Entry.objects.count() == before
    found = re.findall(r'href="data:application/json;base64,([^"]+)"', page.text)
    assert json.loads(base64.b64decode(found[0]))["observed"] == 647


def test_it_takes_a_table_that_was_pasted(client: Client) -> None:
    page = client.post(
        reverse("statistics:hidden"),
        {"table": LISTS.decode(), "method": "main", "level": "0.8"},
        headers={"accept-language": "en"},
    )
    assert 'id="estimate"' in page.text
    assert "No list has anything to do with another" in page.text


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "Choose a file of lists"),
        ({"table": APART.decode()}, "determine no estimate"),
        ({"table": "a,b,n\n1,2,4\n"}, "Row 2"),
        ({"table": LISTS.decode(), "method": "magic"}, "magic"),
    ],
)
def test_what_cannot_be_estimated_is_refused_in_a_sentence(
    client: Client, given: dict[str, str], says: str
) -> None:
    page = client.post(
        reverse("statistics:hidden"),
        {"method": "stepwise", "level": "0.95", **given},
        headers={"accept-language": "en"},
    )
    assert page.status_code == 422
    assert says in page.text
    assert 'id="estimate"' not in page.text


def test_the_example_can_be_estimated(client: Client) -> None:
    example = client.get(reverse("statistics:hidden_example"))
    assert told(example.content).estimate.population > 600


def test_the_artificial_table_is_shown_with_its_warnings() -> None:
    file = SHARED / "data" / "mse" / "mse_artificial_3.csv"
    if not file.exists():
        pytest.skip("the published tables are not here")
    view = told(file.read_bytes())
    assert view.warnings
    assert "warning" in {check.tone for check in view.checks}


def test_two_lists_are_named_in_arabic_quotation_marks() -> None:
    lists = b"A,H,third,count\n1,0,0,200\n0,1,0,150\n0,0,1,180\n1,0,1,12\n0,1,1,10\n"
    said = " ".join(told(lists, language="ar").warnings)
    assert "«A» و«H»" in said
    assert "”" not in said
