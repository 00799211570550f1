"""Charts: counts of answers in the order of the questionnaire, in either direction."""

from __future__ import annotations

import pytest

from marsad.design.formatting import Digits, Formatter
from marsad.review import charts
from marsad.review.types.report import Bar, Chart


def chart(language: str = "en") -> Chart:
    return Chart(
        title="Is there a law?",
        language=language,
        bars=[
            Bar(label="نعم" if language == "ar" else "Yes", count=2),
            Bar(label="لا" if language == "ar" else "No <script>", count=9),
            Bar(label="?", count=3, kind="not_known"),
        ],
        of=14,
        answers_heading="Answer",
        count_heading="States",
    )


def speaking(language: str) -> Formatter:
    return Formatter(language=language, digits=Digits.default_for(language))


def test_bars_stand_in_the_order_of_the_form_and_never_by_size() -> None:
    said = charts.specification(chart(), formatter=speaking("en"))
    assert [row["count"] for row in said["data"]["values"]] == [2, 9, 3]
    assert said["encoding"]["y"]["field"] == "place"
    assert "sort" not in said["encoding"]["y"]


def test_the_scale_runs_to_all_the_states_it_is_of() -> None:
    said = charts.specification(chart(), formatter=speaking("en"))
    assert said["encoding"]["x"]["scale"]["domain"] == [0, 14]


def test_what_is_not_known_is_told_apart_without_colour() -> None:
    said = charts.specification(chart(), formatter=speaking("en"))
    hollow = next(layer for layer in said["layer"] if layer["mark"].get("strokeDash"))
    assert hollow["transform"] == [{"filter": "datum.kind != 'answer'"}]


@pytest.mark.parametrize(
    ("language", "side", "turned"), [("ar", "right", True), ("en", "left", False)]
)
def test_it_runs_the_way_its_language_does(language: str, side: str, turned: bool) -> None:
    said = charts.specification(chart(language), formatter=speaking(language))
    assert said["encoding"]["y"]["axis"]["orient"] == side
    assert said["encoding"]["x"]["scale"]["reverse"] is turned


def test_arabic_numbers_are_written_in_its_digits() -> None:
    assert charts.table(chart("ar"), formatter=speaking("ar"))[1] == ("لا", "٩")
    assert ">٩<" in charts.svg(chart("ar"), formatter=speaking("ar"))


def test_a_picture_carries_neither_script_nor_style_into_a_page() -> None:
    drawn = charts.svg(chart(), formatter=speaking("en"))
    assert "<script" not in drawn
    assert "style" not in drawn
    assert "href=" not in drawn


def test_word_gets_a_picture_of_points() -> None:
    assert charts.png(chart(), formatter=speaking("en")).startswith(b"\x89PNG")
