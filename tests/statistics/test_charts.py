"""Pictures of figures: all eight kinds, in both directions, wide and on a phone."""

from __future__ import annotations

import io
import json
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, cast
from xml.etree import ElementTree

import pytest
import vl_convert
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from marsad.design.charting import PALETTE, PAPER, QUIET
from marsad.design.formatting import Digits, Formatter
from marsad.statistics import charts
from marsad.statistics.charts import outlines, worldmap
from marsad.statistics.charts.paper import ticks
from marsad.statistics.charts.signs import NOT_REPORTED
from marsad.statistics.charts.typeface import woff
from marsad.statistics.types.picture import KINDS, Kind, Mark, Picture

NAMES = {
    "line": [("2018", "2018"), ("2019", "2019"), ("2021", "2021")],
    "bars": [("a", "Alpha"), ("b", "Beta, with a very long name that goes on")],
    "pyramid": [("children", "0 to 17"), ("adults", "18 or over"), ("unknown", "Not known")],
    "map": [("XAA", "Aldmark"), ("XAB", "Berrin"), ("XAC", "Cassavia")],
    "flows": [("XAA", "Aldmark"), ("XAB", "Berrin"), ("XAC", "Cassavia")],
    "funnel": [("offences", "Offences"), ("suspects", "Suspects"), ("convictions", "Convicted")],
    "classes": [("none", "None"), ("1-10", "1 to 10")],
    "coverage": [("2018", "2018"), ("2019", "2019"), ("2021", "2021")],
}
SERIES = {
    "line": [("x", "First"), ("y", "Second")],
    "bars": [("x", "First"), ("y", "Second")],
    "pyramid": [("female", "Women"), ("male", "Men"), ("unknown", "Sex not known")],
    "flows": [("XAD", "Dorvale"), ("XAE", "Estmere")],
    "coverage": [("XAA", "Aldmark"), ("XAB", "Berrin")],
}
#: What two marks never share.
Cell = tuple[str, str]


def speaking(language: str, digits: Digits | None = None) -> Formatter:
    return Formatter(language=language, digits=digits or Digits.default_for(language))


def picture(kind: Kind, marks: Sequence[Mark], *, language: str = "en", **changed: Any) -> Picture:
    told: dict[str, Any] = {
        "kind": kind,
        "language": language,
        "title": "Figures of States that were made up",
        "sentences": ["Based on 12 to 15 victims in 3 States."],
        "x_title": "Where",
        "y_title": "Victims",
        "marks": marks,
        "series": SERIES.get(kind, ()),
        "order": NAMES[kind],
    }
    return Picture(**{**told, **changed})


def mark(x: str, low: float, high: float | None = None, *, series: str = "", **said: Any) -> Mark:
    labels = {code: label for pairs in (*NAMES.values(), *SERIES.values()) for code, label in pairs}
    high = low if high is None else high
    return Mark(
        x=x,
        x_label=labels.get(x, x),
        series=series,
        series_label=labels.get(series, series),
        low=low,
        high=high,
        censored=int(high > low),
        **said,
    )


def full(kind: Kind, *, language: str = "en", **changed: Any) -> Picture:
    """A figure in every place, some of them ranges."""
    sides = [code for code, _ in SERIES.get(kind, ())] or [""]
    marks = [
        mark(x, 10.0 * place + at, 10.0 * place + at + 3 * (place % 2), series=series)
        for place, (x, _) in enumerate(NAMES[kind], start=1)
        for at, series in enumerate(sides)
    ]
    return picture(kind, marks, language=language, **changed)


@st.composite
def pictures(draw: st.DrawFn) -> Picture:
    kind = draw(st.sampled_from(KINDS))
    sides = [code for code, _ in SERIES.get(kind, ())] or [""]
    cells = [(x, series) for x, _ in NAMES[kind] for series in sides]
    told = draw(st.lists(st.sampled_from(cells), unique=True))
    is_share = draw(st.booleans())
    most = 1.0 if is_share else 1e6
    number = st.floats(0, most) if is_share else st.integers(0, int(most)).map(float)
    marks = []
    for x, series in told:
        low, high = sorted((draw(number), draw(number)))
        marks.append(mark(x, low, high if draw(st.booleans()) else low, series=series))
    return picture(
        kind,
        marks,
        language=draw(st.sampled_from(["ar", "en"])),
        is_share=is_share,
        is_invented=draw(st.booleans()),
        title=draw(st.text(max_size=60)),
    )


def rows_of(said: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Everything with a range, wherever it stands in the specification."""
    found: list[dict[str, Any]] = list(said["data"]["values"])
    found += said.get("datasets", {}).get("folded", [])
    for layer in said["layer"]:
        values = layer.get("data", {}).get("values", [])
        found += [row for row in values if "low" in row]
    return found


def told(rows: Sequence[Mapping[str, Any]]) -> set[tuple[str, str, float, float]]:
    return {(*_cell(str(row["x"]), str(row["series"])), row["low"], row["high"]) for row in rows}


def _cell(x: str, series: str) -> Cell:
    """Of a bar of a flow on a phone, both ends stand in one code."""
    first, parted, second = x.partition(">")
    return (first, second) if parted else (x, series)


def texts(drawn: str) -> list[str]:
    """What is written in a picture, without the marks that turn it."""
    root = ElementTree.fromstring(drawn)
    return [
        "".join(found.itertext()).strip("\u202b\u202c")
        for found in root.iter("{http://www.w3.org/2000/svg}text")
    ]


@settings(max_examples=60)
@given(pictures(), st.sampled_from([charts.WIDE, charts.NARROW]))
def test_every_mark_is_in_the_specification_with_its_range(given_: Picture, width: int) -> None:
    formatter = speaking(given_.language)
    said = charts.specification(given_, formatter=formatter, width=width)
    wanted = {(m.x, m.series, m.low, m.high) for m in given_.marks}
    assert wanted <= told(rows_of(said))
    # It is Vega-Lite, and JSON, for whoever draws it elsewhere.
    vl_convert.vegalite_to_vega(json.dumps(said, allow_nan=False), vl_version="5.20")


@settings(max_examples=30)
@given(pictures(), st.sampled_from([charts.WIDE, charts.NARROW]))
def test_every_picture_can_be_drawn_and_says_what_it_shows(given_: Picture, width: int) -> None:
    formatter = speaking(given_.language)
    drawn = charts.svg(given_, formatter=formatter, width=width)
    assert drawn == charts.svg(given_, formatter=formatter, width=width)
    root = ElementTree.fromstring(drawn)
    assert root.get("width") == str(width)
    written = " ".join(texts(drawn))
    used = {m.series for m in given_.marks}
    if given_.kind in ("line", "bars", "pyramid", "coverage") and given_.marks:
        for code, label in given_.series:
            if code in used:
                assert formatter.text(label) in written


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("width", [charts.WIDE, charts.NARROW])
def test_nothing_is_drawn_beyond_the_paper(kind: Kind, language: str, width: int) -> None:
    drawn = charts.svg(full(kind, language=language), formatter=speaking(language), width=width)
    dots = vl_convert.svg_to_png(drawn)
    with Image.open(io.BytesIO(dots)) as image:
        plain = image.convert("RGB")
    edges = [plain.crop((0, 0, 3, plain.height)), plain.crop((width - 3, 0, width, plain.height))]
    for edge in edges:
        assert edge.getextrema() == ((255, 255),) * 3


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_carries_neither_script_nor_style_into_a_page(kind: Kind) -> None:
    drawn = charts.svg(full(kind, title="<script>x()</script>"), formatter=speaking("en"))
    assert "<script" not in drawn
    assert "style" not in drawn
    assert "href=" not in drawn
    assert not re.search(r"\son\w+=", drawn)


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_has_a_name_and_says_what_it_shows(kind: Kind) -> None:
    drawn = charts.svg(full(kind), formatter=speaking("en"), words=False)
    root = ElementTree.fromstring(drawn)
    said = {found.get("id"): found.text or "" for found in root}
    assert root.get("role") == "img"
    assert said[root.get("aria-labelledby")] == full(kind).title
    assert "Based on 12 to 15 victims" in said[root.get("aria-describedby")]
    assert full(kind).title not in texts(drawn)


def test_pictures_on_one_page_do_not_share_names() -> None:
    found: Counter[str] = Counter()
    for kind in KINDS:
        drawn = charts.svg(full(kind), formatter=speaking("en"))
        found.update(set(re.findall(r' id="([^"]+)"', drawn)))
    assert set(found.values()) == {1}


@pytest.mark.parametrize("words", [True, False])
@pytest.mark.parametrize("kind", KINDS)
def test_what_was_made_up_says_so_in_the_picture_itself(kind: Kind, words: bool) -> None:
    drawn = charts.svg(full(kind, is_invented=True), formatter=speaking("en"), words=words)
    assert "made up for the demonstration" in " ".join(texts(drawn))


@pytest.mark.parametrize("kind", KINDS)
def test_where_nothing_was_reported_nothing_is_drawn_but_that_sentence(kind: Kind) -> None:
    drawn = charts.svg(picture(kind, []), formatter=speaking("en"), words=False)
    assert "No figures were reported for what was chosen." in texts(drawn)
    assert not any(colour in drawn for colour in PALETTE[:6])


# -- the kinds


def test_a_line_is_not_drawn_across_a_year_without_a_figure() -> None:
    marks = [mark(year, 5, series="x") for year in ("2016", "2017", "2019", "2021")]
    said = charts.specification(picture("line", marks, order=()), formatter=speaking("en"))
    pieces = Counter(row["piece"] for row in said["data"]["values"])
    assert sorted(pieces.values()) == [1, 1, 2]
    # The years between are on the axis, so that the gap is seen.
    assert said["encoding"]["x"]["scale"]["domain"] == [str(year) for year in range(2016, 2022)]


def test_a_range_is_a_band_and_where_a_year_stands_alone_a_bar() -> None:
    marks = [mark("2018", 1, 4), mark("2019", 2, 6), mark("2021", 5, 9)]
    said = charts.specification(picture("line", marks, series=()), formatter=speaking("en"))
    shapes = [layer["mark"]["type"] for layer in said["layer"]]
    assert shapes == ["area", "rule", "line", "point"]
    assert [row["alone"] for row in said["data"]["values"]] == [False, False, True]


def test_lines_are_told_apart_by_dash_and_shape_as_well() -> None:
    many = [(f"s{place}", f"Series {place}") for place in range(12)]
    marks = [mark("2018", 1, series=code) for code, _ in many]
    said = charts.specification(picture("line", marks, series=many), formatter=speaking("en"))
    drawn = said["encoding"]
    signs = {
        (json.dumps(dash), shape)
        for dash, shape in zip(
            drawn["strokeDash"]["scale"]["range"], drawn["shape"]["scale"]["range"], strict=True
        )
    }
    assert len(signs) == 12


def test_time_runs_from_right_to_left_in_arabic_and_numbers_stand_at_the_right() -> None:
    for language, side, turned in (("ar", "right", True), ("en", "left", False)):
        said = charts.specification(full("line", language=language), formatter=speaking(language))
        first, last = said["encoding"]["x"]["scale"]["range"]
        assert (first > last) is turned
        assert said["encoding"]["y"]["axis"]["orient"] == side
        assert said["title"]["anchor"] == ("end" if turned else "start")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("digits", [Digits.LATIN, Digits.ARABIC_INDIC])
def test_digits_are_the_readers_choice(kind: Kind, digits: Digits) -> None:
    drawn = charts.svg(full(kind, language="ar"), formatter=speaking("ar", digits))
    written = " ".join(texts(drawn))
    unwanted = "[0-9]" if digits is Digits.ARABIC_INDIC else "[٠-٩]"
    assert not re.search(unwanted, written)


@pytest.mark.parametrize("kind", KINDS)
def test_every_line_in_arabic_runs_from_right_to_left(kind: Kind) -> None:
    drawn = charts.svg(full(kind, language="ar"), formatter=speaking("ar"))
    lines = re.findall(r"<text[^>]*>([^<]+)</text>", drawn)
    assert lines
    assert all(line.startswith("\u202b") and line.endswith("\u202c") for line in lines)


def test_a_bar_ends_at_the_lowest_and_a_whisker_at_the_highest() -> None:
    said = charts.specification(full("bars"), formatter=speaking("en"))
    bar, line = said["layer"][0], said["layer"][1]
    assert bar["encoding"]["x2"] == {"field": "low"}
    assert (line["encoding"]["x"]["field"], line["encoding"]["x2"]["field"]) == ("low", "high")


def test_a_share_is_said_as_per_cent_and_no_axis_goes_beyond_all() -> None:
    marks = [mark("a", 0.97, 1.0, series="x")]
    said = charts.specification(
        picture("line", [replace(marks[0], x="2018")], is_share=True), formatter=speaking("en")
    )
    assert said["encoding"]["y"]["scale"]["domain"] == [0, 1.0]
    drawn = charts.svg(picture("bars", marks, is_share=True), formatter=speaking("en"))
    assert "97%–100%" in texts(drawn)


def test_a_range_reads_in_the_direction_of_its_language() -> None:
    # As text the lowest comes first in both; the embedding turns it.
    for language, wanted in (("en", "12–15"), ("ar", "١٢–١٥")):
        drawn = charts.svg(
            picture("bars", [mark("a", 12, 15)], language=language, series=()),
            formatter=speaking(language),
        )
        assert wanted in texts(drawn)


def test_women_stand_where_reading_begins_and_what_is_not_known_beside() -> None:
    for language in ("ar", "en"):
        said = charts.specification(
            full("pyramid", language=language), formatter=speaking(language)
        )
        scale = said["encoding"]["x"]["scale"]
        assert (scale["range"][0] > scale["range"][1]) is (language == "ar")
        begins = {row["series"]: row["from"] for row in said["data"]["values"]}
        assert begins["female"] < begins["male"] < begins["unknown"]


def test_all_sides_of_a_pyramid_have_one_scale() -> None:
    for width in (charts.WIDE, charts.NARROW):
        said = charts.specification(full("pyramid"), formatter=speaking("en"), width=width)
        rates = {
            round(abs(row["to"] - row["from"]) / row["low"], 6) for row in said["data"]["values"]
        }
        assert len(rates) == 1


def test_many_flows_stay_legible_and_what_is_added_up_is_said() -> None:
    origins = [(f"XB{place:02}", f"Origin {place}") for place in range(30)]
    reached = [(f"XC{place:02}", f"Reached {place}") for place in range(20)]
    marks = [
        Mark(x=x, x_label=label, series=to, series_label=there, low=n + 1.0, high=n + 2.0)
        for n, ((x, label), (to, there)) in enumerate(
            (origin, place) for origin in origins for place in reached
        )
    ]
    many = picture("flows", marks, order=origins, series=reached)
    said = charts.specification(many, formatter=speaking("en"))
    cells = said["data"]["values"]
    assert len(cells) <= 15 * 9
    # Nothing is lost: the cells together are all flows together.
    assert sum(cell["low"] for cell in cells) == sum(m.low for m in marks)
    assert sum(cell["high"] for cell in cells) == sum(m.high for m in marks)
    assert "Other places" in " ".join(texts(charts.svg(many, formatter=speaking("en"))))
    # Places keep the order of their names, whatever their size.
    shown = list(dict.fromkeys(cell["x"] for cell in cells if cell["x"] != "*"))
    assert shown == sorted(shown)
    narrow = " ".join(texts(charts.svg(many, formatter=speaking("en"), width=charts.NARROW)))
    assert "586 smaller flows have no bar; together: " in narrow


def test_a_flow_points_where_reading_goes() -> None:
    for language, arrow in (("ar", "←"), ("en", "→")):
        drawn = charts.svg(
            full("flows", language=language), formatter=speaking(language), width=charts.NARROW
        )
        assert f"Aldmark {arrow} Dorvale" in texts(drawn)


def test_many_years_of_classes_are_a_grid_of_numbers() -> None:
    years = [(str(year), str(year)) for year in range(2010, 2020)]
    marks = [mark(code, 3, 5, series=year) for code, _ in NAMES["classes"] for year, _ in years]
    for width in (charts.WIDE, charts.NARROW):
        drawn = charts.svg(
            picture("classes", marks, series=years), formatter=speaking("en"), width=width
        )
        assert texts(drawn).count("3–5") == len(marks)


@pytest.mark.parametrize("width", [charts.WIDE, charts.NARROW])
def test_of_a_region_each_year_says_how_many_states_reported(width: int) -> None:
    marks = [mark(year, 12, series="XAA") for year, _ in NAMES["coverage"]]
    drawn = charts.svg(picture("coverage", marks), formatter=speaking("en"), width=width)
    assert texts(drawn).count("12") == len(marks)
    # The year nobody told of has its place.
    assert "2020" in texts(drawn)


def test_a_place_that_told_nothing_has_an_empty_row() -> None:
    marks = [mark(year, 1, series="XAA") for year, _ in NAMES["coverage"]]
    said = charts.specification(picture("coverage", marks), formatter=speaking("en"))
    assert {row["series"] for row in rows_of(said)} == {"XAA"}
    assert "Berrin" in texts(charts.svg(picture("coverage", marks), formatter=speaking("en")))


# -- the map


def test_states_that_were_made_up_are_tiles() -> None:
    drawn = charts.svg(
        picture("map", [mark("XAA", 3, 5)], is_invented=True), formatter=speaking("en")
    )
    written = texts(drawn)
    assert {"Aldmark", "3–5", "Berrin", "Cassavia", "no figure reported"} <= set(written)


def test_of_thousands_of_places_those_with_most_are_tiles_and_it_says_how_many_are_not() -> None:
    marks = [mark(f"P{at}", at) for at in range(1, 1001)]
    drawn = picture("map", marks, is_invented=True)
    written = texts(charts.svg(drawn, formatter=speaking("en")))
    assert "P1000" in written
    assert "P700" not in written
    assert "not drawn: 753" in " ".join(written)
    said = charts.specification(drawn, formatter=speaking("en"))
    assert len(told(rows_of(said))) == len(marks)


def test_without_outlines_each_state_is_a_tile_and_a_sentence_says_why(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setattr(outlines, "FOLDER", tmp_path)
    drawn = charts.svg(picture("map", [mark("XAA", 3, 5)]), formatter=speaking("en"))
    assert "tools/frontend.py" in " ".join(texts(drawn))


#: Three places on a globe: two that touch, and one over the edge of the map.
TOPOLOGY = {
    "type": "Topology",
    "transform": {"scale": [1, 1], "translate": [-180, -90]},
    "objects": {
        "countries": {
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]], "properties": {"a3": "CYP"}},
                {"type": "Polygon", "arcs": [[-1, 2]], "properties": {"a3": "CYN"}},
                {"type": "Polygon", "arcs": [[3]], "properties": {"a3": "XAA"}},
            ]
        }
    },
    # The first runs between the two that touch; the last from 170 east to 170 west.
    "arcs": [
        [[190, 100], [0, 20]],
        [[190, 120], [-20, 0], [0, -20], [20, 0]],
        [[190, 100], [20, 0], [0, 20], [-20, 0]],
        [[350, 100], [-340, 0], [0, 20], [340, 0], [0, -20]],
    ],
}


@pytest.fixture
def small_world(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Iterator[outlines.World]:
    for name in ("world-110m.json", "world-50m.json"):
        (tmp_path / name).write_text(json.dumps(TOPOLOGY))
    monkeypatch.setattr(outlines, "FOLDER", tmp_path)
    outlines._places.cache_clear()
    outlines.world.cache_clear()
    yield outlines.world(800)
    outlines._places.cache_clear()
    outlines.world.cache_clear()


def test_pieces_that_the_lists_count_as_one_place_are_one(small_world: outlines.World) -> None:
    assert set(small_world.shapes) == {"CYP", "XAA"}
    assert len(small_world.shapes["CYP"]["coordinates"]) == 1


def test_a_place_over_the_edge_of_the_map_is_drawn_at_either_end(
    small_world: outlines.World,
) -> None:
    pieces = small_world.shapes["XAA"]["coordinates"]
    across = sorted(sum(x for x, _ in ring) / len(ring) for (ring,) in pieces)
    assert len(pieces) == 2
    assert across[0] < 30
    assert across[1] > 770


def test_a_place_without_a_figure_is_hatched_and_one_not_on_the_map_is_told(
    small_world: outlines.World,
) -> None:
    given_ = picture("map", [mark("CYP", 30, 33), mark("SAF", 7)], order=[("CYP", "C")])
    said = charts.specification(given_, formatter=speaking("en"))
    land = said["layer"][0]
    assert land["mark"]["fill"] == NOT_REPORTED
    assert len(land["data"]["values"]) == 1
    drawn = charts.svg(given_, formatter=speaking("en"))
    assert "<pattern" in drawn
    written = " ".join(texts(drawn))
    assert "Not on the map: SAF (7)." in written
    assert "do not imply official endorsement" in written
    arabic = charts.svg(replace(given_, language="ar"), formatter=speaking("ar"))
    assert "do not imply" not in " ".join(texts(arabic))


def test_a_map_is_not_turned_where_reading_is(small_world: outlines.World) -> None:
    shapes = []
    for language in ("ar", "en"):
        said = charts.specification(
            picture("map", [mark("CYP", 3)], language=language), formatter=speaking(language)
        )
        shapes.append(said["data"]["values"][0]["geometry"])
    assert shapes[0] == shapes[1]


@pytest.mark.skipif(not outlines.are_there(), reason="run python tools/frontend.py")
def test_the_map_that_is_fetched_has_the_states_of_the_world_on_it() -> None:
    world = outlines.world(860)
    assert {"EGY", "JOR", "SDN", "FJI", "RUS"} <= set(world.shapes)
    assert {"BHR", "MLT", "TUV", "MCO"} <= set(world.middles)
    assert not {"CYN", "SOL", "ATA"} & set(world.shapes)
    for shape in world.shapes.values():
        for (ring,) in shape["coordinates"]:
            assert all(-0.1 <= x <= 860.1 and -0.1 <= y <= world.height + 0.1 for x, y in ring)
            # No line runs through the whole map.
            assert max(abs(a[0] - b[0]) for a, b in pairwise(ring)) < 200


@given(st.lists(st.integers(1, 10**6).map(float), min_size=1, max_size=40))
def test_every_figure_is_in_a_class_and_classes_do_not_overlap(lows: list[float]) -> None:
    given_ = picture("map", [mark(f"X{place:02}", low) for place, low in enumerate(lows)])
    paper = charts._paper(given_, formatter=speaking("en"), width=900)
    classes = worldmap._classes(given_, paper=paper)
    assert list(classes.begin) == sorted(set(classes.begin))
    assert len(classes.begin) == len(classes.labels) <= 5
    for found in given_.marks:
        place = classes.of(found)
        assert classes.begin[place] <= found.low
        assert place + 1 == len(classes.begin) or found.low < classes.begin[place + 1]
    assert len({classes.colour(place) for place in range(len(classes.begin))}) == len(classes.begin)


# -- paper and ink


def _light(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", [*PALETTE, QUIET])
def test_marks_stand_out_from_the_paper(colour: str) -> None:
    assert (_light(PAPER) + 0.05) / (_light(colour) + 0.05) >= 3


@given(st.floats(1e-6, 1e9), st.integers(2, 8), st.booleans())
def test_ticks_begin_at_nothing_and_reach_beyond_the_highest(
    top: float, about: int, whole: bool
) -> None:
    found = ticks(top, about=about, whole=whole)
    assert found[0] == 0
    assert found[-1] >= top * (1 - 1e-6)
    assert len(found) <= about + 2
    if whole:
        assert all(tick == int(tick) for tick in found)


def test_a_file_to_take_away_carries_its_typeface() -> None:
    drawn = charts.svg(full("bars"), formatter=speaking("en"), embedded=True)
    assert ("@font-face" in drawn) is (
        charts.charting.FONTS / "ibm-plex-sans-arabic-400.ttf"
    ).is_file()
    ElementTree.fromstring(drawn)


def test_a_packed_typeface_holds_every_table_it_had() -> None:
    table, other = b"a" * 100, b"\x01\x02\x03"
    head = struct.pack(">4sHHHH", b"\0\1\0\0", 2, 0, 0, 0)
    at = 12 + 32
    entries = struct.pack(">4sLLL", b"glyf", 7, at, 100) + struct.pack(
        ">4sLLL", b"head", 9, at + 100, 3
    )
    packed = woff(head + entries + table + other)
    assert packed[:4] == b"wOFF"
    assert len(packed) == cast(int, struct.unpack_from(">L", packed, 8)[0])
    tag, offset, small, whole, checksum = struct.unpack_from(">4sLLLL", packed, 44)
    assert (tag, whole, checksum) == (b"glyf", 100, 7)
    assert zlib.decompress(packed[offset : offset + small]) == table


def test_word_gets_a_picture_of_points() -> None:
    dots = charts.png(full("bars"), formatter=speaking("ar"), scale=2)
    with Image.open(io.BytesIO(dots)) as image:
        assert image.width == 2 * charts.WIDE
