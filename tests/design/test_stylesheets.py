"""Right to left by construction, colours only from the tokens, nothing inline."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import marsad
from marsad.design.templatetags.design import STYLESHEETS

MARSAD = Path(marsad.__file__).parent
STATIC = MARSAD / "design" / "static" / "design"
SHEETS = sorted(
    path
    for path in MARSAD.glob("*/static/**/*.css")
    if "fonts" not in path.relative_to(MARSAD).parts
)
TEMPLATES = sorted(MARSAD.glob("*/templates/**/*.html"))

PHYSICAL = re.compile(
    r"""
    (?<![\w-])(?:
        (?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)\b
      | border-(?:top|bottom)-(?:left|right)-radius
      | (?:left|right|top|bottom)\s*:
      | (?:min-|max-)?(?:width|height)\s*:(?![^;{}]*\)\s*\{)
      | (?:float|clear|text-align|caption-side)\s*:\s*(?:left|right)
    )
    """,
    re.VERBOSE,
)
#: margin: 1 2 3 4 names its sides in a fixed order.
FOUR_SIDES = re.compile(
    r"(?:margin|padding|inset|border-(?:width|color|style|radius))\s*:\s*"
    r"(?P<a>[^\s;]+)\s+(?P<b>[^\s;]+)\s+(?P<c>[^\s;]+)\s+(?P<d>[^\s;]+)\s*;"
)
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\(", re.IGNORECASE)


def code(path: Path) -> str:
    """A stylesheet without its comments and its media conditions."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"@media[^{]*", "@media ", text)


def named(path: Path) -> str:
    return path.relative_to(MARSAD).as_posix()


def test_it_finds_the_stylesheets() -> None:
    assert len(SHEETS) > 20


@pytest.mark.parametrize("sheet", SHEETS, ids=named)
def test_it_names_no_physical_side(sheet: Path) -> None:
    assert PHYSICAL.findall(code(sheet)) == []
    assert [m for m in FOUR_SIDES.finditer(code(sheet)) if m["b"] != m["d"]] == []


@pytest.mark.parametrize(
    "wrong", ["margin-left: 0;", "left: 0;", "text-align: right;", "width: 1px;"]
)
def test_it_would_notice_a_physical_side(wrong: str) -> None:
    assert PHYSICAL.search(f".a {{ {wrong} }}")


@pytest.mark.parametrize(
    "sheet", [sheet for sheet in SHEETS if sheet.stem not in ("tokens", "print")], ids=named
)
def test_it_takes_colours_from_the_tokens(sheet: Path) -> None:
    # The shade behind a dialog is no colour of the product.
    assert COLOUR.findall(code(sheet).replace("rgb(0 0 0 / 45%)", "")) == []


def test_it_links_every_stylesheet_that_exists() -> None:
    on_disk = {
        path.relative_to(STATIC).with_suffix("").as_posix() for path in STATIC.glob("**/*.css")
    }
    assert on_disk == {*STYLESHEETS, "print"}


@pytest.mark.parametrize("template", TEMPLATES, ids=named)
def test_it_has_nothing_inline_that_the_policy_would_stop(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert re.findall(r"""\sstyle\s*=\s*["']|<style\b|\son\w+\s*=\s*["']|javascript:""", text) == []
    assert re.findall(r"<script\b(?![^>]*\bsrc=)", text) == []
