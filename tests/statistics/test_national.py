"""A national report tells what is known of one State, and what nobody told."""

from __future__ import annotations

import io
import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from docx import Document
from docx.oxml.ns import qn

from marsad.directory.types import OPERATOR
from marsad.statistics import problems
from marsad.statistics.actions import edition as editions
from marsad.statistics.exports import national as exports
from marsad.statistics.models import Edition
from marsad.statistics.queries import national as queries
from marsad.statistics.queries import tables
from marsad.statistics.types.national import NationalReport, NationalSection
from marsad.statistics.types.table import TableChoice
from tests.statistics.tables_of_ours import ADRIA, ORIA, bring, row, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house_of_ours")]


def told(code: str = ADRIA, *, language: str = "en", **more: Any) -> NationalReport:
    return queries.report(code=code, reader=OPERATOR, language=language, **more)


def section(report: NationalReport, anchor: str) -> NationalSection:
    return next(each for each in report.sections if each.anchor == anchor)


def cells(found: NationalSection) -> list[list[str]]:
    assert found.table is not None
    return [[cell.text for cell in each] for each in found.table.rows]


def test_it_tells_figures_by_year_and_a_gap_is_not_none(figures_of_ours: Edition) -> None:
    report = told()
    victims = section(report, "victims")
    assert cells(victims) == [["2017", "1,282"], ["2019", "1–4"]]
    assert report.title == "Trafficking in persons: what is known of Adria"
    assert "Detected victims in 2019, the last year with a total: 1–4." in report.summary
    assert victims.table is not None
    assert victims.table.rows[0][1].origin.endswith("indicator=victims&year=2017&place=XAA")
    # A year that others reported and this State did not.
    other = told(ORIA)
    assert "2017" in " ".join(section(other, "victims").untold)
    assert "not none" in " ".join(section(other, "victims").untold)


def test_it_says_what_was_never_reported(figures_of_ours: Edition) -> None:
    oria = told(ORIA)
    assert section(oria, "by-form").untold == [
        "The form of exploitation of detected victims was never reported."
    ]
    missing = " ".join(section(oria, "not-reported").untold)
    assert "Persons prosecuted: never in total." in missing
    assert "Persons convicted: not in total for 2017." in missing


def test_it_tells_the_unknown_the_forms_and_the_way_through_justice(
    figures_of_ours: Edition,
) -> None:
    report = told()
    sex = section(report, "by-sex")
    assert "82 in 2017" in sex.sentences[0]
    assert cells(sex) == [["2017", "700", "500", "82"]]
    assert cells(section(report, "by-form")) == [["2017", "300", "600"]]
    assert cells(section(report, "justice")) == [["2019", "6", "7", "5", "1–4"]]
    assert section(report, "justice").picture is not None


def test_it_says_of_how_many_the_total_leaves_the_sex_and_the_age_unknown(tmp_path: Path) -> None:
    rows = [
        # What the total leaves, where nothing is printed as unknown and where less is.
        row(ADRIA, 2013, "100"),
        row(ADRIA, 2013, "60", sex="Female"),
        row(ADRIA, 2013, "30", sex="Male"),
        row(ADRIA, 2014, "40"),
        row(ADRIA, 2014, "<5", sex="Female"),
        row(ADRIA, 2014, "30", sex="Male"),
        row(ADRIA, 2014, "2", sex="Unknown"),
        # All of it, where no part is told.
        row(ADRIA, 2015, "773"),
        # Nothing, where the parts make it up; and what is printed, where there is no total.
        row(ADRIA, 2016, "50"),
        row(ADRIA, 2016, "50", sex="Female"),
        row(ADRIA, 2017, "20", sex="Female"),
        row(ADRIA, 2017, "7", sex="Unknown"),
        row(ADRIA, 2016, "50", age="18 years or over"),
    ]
    bring(written(tmp_path / "f.csv", rows))
    report = told()
    (said,) = section(report, "by-sex").sentences
    assert said.endswith("Not known: 10 in 2013, 6–9 in 2014, 773 in 2015 and 7 in 2017.")
    (said,) = section(report, "by-age").sentences
    assert said.endswith("Not known: 100 in 2013, 40 in 2014 and 773 in 2015.")
    # The tables say the same of the years of which they say anything.
    view = tables.table(
        choice=TableChoice(name="victims-by-sex", places=(ADRIA,)), reader=OPERATOR, language="en"
    )
    beside = {one["year"]: (one["unknown_low"], one["unknown_high"]) for one in view.records}
    rest = {2013: (10, 10), 2014: (6, 9), 2015: (773, 773), 2016: (0, 0), 2017: (7, 7)}
    assert beside == {year: rest[year] for year in beside}
    assert {2013, 2014, 2016, 2017} <= set(beside)


def test_it_names_its_source_beside_what_was_withdrawn_since(figures_of_ours: Edition) -> None:
    then = timezone.now()
    editions.withdraw(key=figures_of_ours.key, by=OPERATOR, at=then + timedelta(seconds=1))
    first_words = [each.split()[0].rstrip(":") for each in told(at=then).sources]
    assert first_words == ["Source", "As", "Withdrawn"]


def test_it_compares_with_nobody(figures_of_ours: Edition) -> None:
    report = told()
    words = json.dumps(json.loads(exports.write(report, format="json").data), ensure_ascii=False)
    assert "no other State" in words
    assert "rank" not in words
    assert "Oria" not in json.dumps([section(report, "victims").sentences])


def test_questions_are_for_the_state_and_the_secretariat(figures_of_ours: Edition) -> None:
    assert "questions" in [each.anchor for each in told(with_questions=True).sections]
    assert "questions" not in [each.anchor for each in told().sections]
    public = queries.report(code=ADRIA, reader=AnonymousUser(), language="en", with_questions=True)
    assert not any(each.anchor == "questions" for each in public.sections)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_it_is_made_as_word_and_pdf(figures_of_ours: Edition, language: str) -> None:
    report = told(language=language)
    paper = Document(io.BytesIO(exports.write(report, format="docx").data))
    assert len(paper.tables) == sum(each.table is not None for each in report.sections)
    assert paper.inline_shapes
    if language == "ar":
        told_ = [each.text for each in paper.paragraphs]
        told_ += [cell.text for table in paper.tables for cell in table.rows[0].cells]
        assert not [each for each in told_ if re.search(r"[0-9]", each)]
    turned = paper.tables[0]._tbl.tblPr.find(qn("w:bidiVisual")) is not None
    assert turned == (language == "ar")
    made = exports.write(report, format="pdf")
    assert made.file_name == f"INVENTED-national-report-xaa-{language}.pdf"
    pages = pypdfium2.PdfDocument(made.data)
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    pages.close()
    if language == "en":
        assert "1,282" in text
        assert "made up for the demonstration" in text
    else:
        assert "١٬٢٨٢" in text


def test_a_state_of_which_nothing_is_known_gets_a_report_that_says_so(
    figures_of_ours: Edition,
) -> None:
    report = queries.report(code="KIR", reader=OPERATOR, language="en")
    assert "nobody reported any" in report.summary[0]
    assert exports.write(report, format="docx").data
    with pytest.raises(problems.NoSuchPlace):
        told("QQQ")
    with pytest.raises(problems.UnknownFormat):
        exports.write(report, format="odt")


def test_a_territory_is_said_to_be_no_state(tmp_path: Path) -> None:
    bring(written(tmp_path / "f.csv", [row("ABW", 2019, "7")]), "glotip")
    assert told("ABW").marks == ["This is a territory and no State."]


def test_pages_show_it_and_give_it_away(figures_of_ours: Edition, client: Client) -> None:
    english = {"accept-language": "en"}
    names = client.get("/statistics/states/", headers=english).content.decode()
    assert "/statistics/states/XAA/" in names
    page = client.get("/statistics/states/xaa/", headers=english).content.decode()
    assert "what is known of Adria" in page
    assert "<svg" in page
    assert "1,282" in page
    for kind in exports.OFFERED:
        assert client.get(f"/statistics/states/xaa/as/{kind}/").status_code == 200
    assert client.get("/statistics/states/qqq/").status_code == 404


def test_every_picture_of_the_page_has_a_name_of_its_own(
    figures_of_ours: Edition, client: Client
) -> None:
    page = client.get("/statistics/states/xaa/", headers={"accept-language": "ar"}).text
    pictures = re.findall(r"<svg[^>]*aria-labelledby=\"([^\"]+)\"[^>]*>(.*?)</svg>", page, re.S)
    assert len(pictures) == page.count("<svg")
    named = [re.search(rf'<title id="{name}">([^<]+)</title>', inner) for name, inner in pictures]
    assert all(each and each[1].strip() for each in named)
    assert len({name for name, _inner in pictures}) == len(pictures)


def test_the_command_writes_it(figures_of_ours: Edition, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    arguments = ("report", "--state", "xaa", "--format", "pdf", "--language", "ar")
    call_command("statistics", *arguments, "--output", str(file))
    assert file.read_bytes().startswith(b"%PDF")
