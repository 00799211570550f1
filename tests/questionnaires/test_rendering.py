"""Forms drawn for the browser: in one language, disarmed, readable by everybody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from marsad.questionnaires import rendering
from marsad.questionnaires.rendering import markdown
from marsad.questionnaires.rendering.languages import named
from tests.questionnaires.filling import compiled, said

needs_stylesheets = pytest.mark.skipif(
    not rendering.is_built(),
    reason="the form engine is not built: run python tools/frontend.py where there is a network",
)


def drawn(xform: bytes, language: str = "ar", **more: object) -> html.HtmlElement:
    rendered = rendering.render(xform=xform, language=language, **more)  # type: ignore[arg-type]
    return html.fromstring(rendered.form)


def one_question(**columns: str) -> bytes:
    return compiled(survey=[{"type": "text", "name": "one", **columns}], choices=[])


def text_of(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


# ── languages ────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("source", "tag", "direction"),
    [
        ("العربية (ar)", "ar", "rtl"),
        ("English (en-GB)", "en-gb", "ltr"),
        ("Français", "fr", "ltr"),
        ("ckb", "ckb", "rtl"),
        ("اردو", "ur", "rtl"),
    ],
)
def test_it_knows_a_language_by_its_name_or_tag(source: str, tag: str, direction: str) -> None:
    language = named(source)
    assert (language.tag, language.direction) == (tag, direction)


def test_it_looks_at_the_words_only_where_no_language_is_named() -> None:
    assert named("", sample=["ما اسم الجهة؟"]).tag == "ar"
    assert named("default", sample=["What is it called?"]).tag == "en"


def test_it_lists_the_default_language_first() -> None:
    assert [language.tag for language in rendering.languages(compiled())] == ["ar", "en", "fr"]


@needs_stylesheets
@pytest.mark.parametrize(
    ("language", "direction", "label"),
    [("ar", "rtl", "هل صدر قانون؟"), ("en", "ltr", "Is there a law?"), ("fr", "ltr", "une loi")],
)
def test_it_draws_one_language_only(language: str, direction: str, label: str) -> None:
    form = drawn(compiled(), language)
    assert (form.get("lang"), form.get("dir")) == (language, direction)
    assert label in text_of(form)
    others = {"هل صدر قانون؟", "Is there a law?", "Y a-t-il une loi ?"} - {label}
    assert sum(other in text_of(form) for other in others) <= 1 - (language != "fr")


@needs_stylesheets
def test_it_says_in_the_default_language_what_is_not_translated() -> None:
    xform = compiled(
        survey=[
            {
                "type": "text",
                "name": "one",
                "label::العربية (ar)": "سؤال",
                "label::English (en)": "",
            },
            {"type": "text", "name": "two", **said("آخر", "Other", "Autre")},
        ],
        choices=[],
    )
    assert "سؤال" in text_of(drawn(xform, "en"))


@needs_stylesheets
@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_it_speaks_the_language_of_the_form(language: str) -> None:
    words = rendering.form_words(language)
    text = text_of(drawn(compiled(), language))
    assert words["constraint.required"] in text
    assert words["form.ok"] in text
    assert set(words) == set(rendering.form_words("en"))


# ── what is in the page ──────────────────────────────────────────────────────────────────────────
@needs_stylesheets
def test_it_leaves_nothing_that_the_policy_would_stop() -> None:
    form = drawn(compiled())
    names = {name for element in form.iter(etree.Element) for name in element.attrib}
    assert "style" not in names
    assert not any(name.startswith("on") for name in names)
    assert not form.xpath(".//script | .//style | .//iframe | .//object")


@needs_stylesheets
def test_it_hides_what_nobody_is_asked() -> None:
    form = drawn(compiled())
    for name in ("or-preload-items", "or-calculated-items"):
        assert form.xpath(f".//*[@id='{name}']/@hidden")


@needs_stylesheets
def test_it_writes_choices_out_and_drops_their_lists() -> None:
    rendered = rendering.render(xform=compiled(), language="ar")
    form = html.fromstring(rendered.form)
    values = form.xpath(".//input[@data-name='/data/body/law']/@value")
    assert values == ["yes", "no"]
    assert 'id="yes_no"' not in rendered.model
    # A list that depends on an answer stays, with its words beside each choice.
    assert 'id="towns"' in rendered.model
    assert "عمّان" in rendered.model


@needs_stylesheets
def test_it_takes_numbers_in_fields_that_browsers_do_not_meddle_with() -> None:
    form = drawn(compiled())
    staff = form.xpath(".//input[@name='/data/body/staff']")[0]
    assert (staff.get("type"), staff.get("inputmode"), staff.get("dir")) == (
        "text",
        "numeric",
        "ltr",
    )


@needs_stylesheets
def test_it_names_controls_by_labels_and_orders_headings() -> None:
    form = drawn(compiled())
    title = form.xpath(".//*[@name='/data/body/title']/..")[0]
    assert title.tag == "div"
    assert title.xpath("./label[contains(@class, 'question-label')]")
    assert [heading.tag for heading in form.xpath(".//h1 | .//h2 | .//h3 | .//h4")] == ["h2"] * 3


@needs_stylesheets
def test_it_lists_the_sections() -> None:
    sections = rendering.render(xform=compiled(), language="en").sections
    assert [section.label for section in sections] == ["The body", "Cases", "Other matters"]


@needs_stylesheets
def test_it_shows_media_from_where_they_are_and_leaves_out_what_is_not_there() -> None:
    xform = one_question(
        **said("سؤال", "Question", "Question"),
        **{"media::image::العربية (ar)": "map.png", "media::audio::العربية (ar)": "lost.mp3"},
    )
    form = drawn(xform, media={"map.png": "/here/map.png"})
    assert form.xpath(".//img/@src") == ["/here/map.png"]
    assert not form.xpath(".//audio")


@needs_stylesheets
def test_it_shows_several_choices_as_boxes_to_tick() -> None:
    survey = [
        {
            "type": "select_multiple forms",
            "name": "one",
            "appearance": "minimal columns-2",
            **said("أ", "b", "c"),
        }
    ]
    form = drawn(compiled(survey=survey))
    assert len(form.xpath(".//input[@type='checkbox']")) == 3
    assert form.xpath(".//fieldset[contains(@class, 'or-appearance-columns-2')]")


@needs_stylesheets
def test_it_brings_lists_along_that_came_as_files() -> None:
    survey = [{"type": "select_one_from_file towns.csv", "name": "town", **said("أ", "b", "c")}]
    towns = "\ufeffname,label\ncairo,القاهرة\namman,<b>عمّان</b>\n".encode()
    form = drawn(compiled(survey=survey, choices=[]), lists={"towns.csv": towns})
    assert form.xpath(".//input[@type='radio']/@value") == ["cairo", "amman"]
    assert "<b>عمّان</b>" in text_of(form)
    assert not form.xpath(".//b")


# ── labels ───────────────────────────────────────────────────────────────────────────────────────
@needs_stylesheets
@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[press](javascript:alert(1))",
        "[press](JaVaScRiPt:alert(1))",
        "[press](data:text/html,<script>alert(1)</script>)",
        '[press](https://example.org/"onclick="alert(1))',
        '<span style="position:fixed">over everything</span>',
        "**<svg onload=alert(1)>**",
    ],
)
def test_it_takes_what_an_author_writes_for_words(attack: str) -> None:
    form = drawn(one_question(**said(attack, attack, attack)))
    assert not form.xpath(".//script | .//svg | .//img")
    names = {name for element in form.iter(etree.Element) for name in element.attrib}
    assert "style" not in names
    assert not any(name.startswith("on") for name in names)
    for address in form.xpath(".//a/@href"):
        assert address.startswith("https://example.org/")


@needs_stylesheets
def test_it_keeps_the_marks_that_xlsform_allows() -> None:
    label = "**كاملاً** كما في [القانون](https://example.org/law)\nسطر ثانٍ، form_id_2"
    question = drawn(one_question(**said(label, label, label))).xpath(".//label")[0]
    assert question.xpath("./strong/text()") == ["كاملاً"]
    assert question.xpath("./a/@href") == ["https://example.org/law"]
    assert question.xpath("./br")
    assert "form_id_2" in text_of(question)


@needs_stylesheets
def test_it_keeps_values_that_are_filled_in_between_marks() -> None:
    xform = compiled(
        survey=[
            {"type": "text", "name": "one", **said("سؤال", "Question", "Question")},
            {"type": "note", "name": "two", **said("**قلت** ${one} هنا", "x", "x")},
        ],
        choices=[],
    )
    note = drawn(xform).xpath(".//label[.//span[contains(@class, 'or-output')]]")[0]
    assert note.xpath("./strong/text()") == ["قلت"]
    assert note.xpath(".//span[contains(@class, 'or-output')]/@data-value")


@given(st.text(alphabet="ab*_[]()#-\n <>&\"'\\:/.ح", max_size=60))
def test_it_loses_no_letter_of_a_label(text: str) -> None:
    span = etree.Element("span")
    span.text = text
    markdown.render(span)
    letters = "abح"
    kept = "".join(one for one in "".join(span.itertext()) if one in letters)
    addresses = "".join(
        one for link in span.iter("a") for one in str(link.get("href")) if one in letters
    )
    assert sorted(kept + addresses) == sorted(one for one in text if one in letters)
    assert {element.tag for element in span.iter()} <= {"span", "strong", "em", "a", "br"}


# ── what cannot be drawn ─────────────────────────────────────────────────────────────────────────
@needs_stylesheets
@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"not xml",
        b"<html/>",
        b'<!DOCTYPE x [<!ENTITY a "b">]><h:html xmlns:h="http://www.w3.org/1999/xhtml">&a;</h:html>',
    ],
)
def test_it_says_what_cannot_be_drawn(broken: bytes) -> None:
    with pytest.raises(rendering.NotDrawable):
        rendering.render(xform=broken, language="ar")


def test_it_says_so_where_the_stylesheets_are_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "STYLESHEETS", rendering.STYLESHEETS / "nowhere")
    rendering._stylesheets.cache_clear()
    try:
        assert not rendering.is_built()
        with pytest.raises(rendering.NotBuilt, match=r"tools/frontend\.py"):
            rendering.render(xform=compiled(form_id="never_drawn"), language="ar")
    finally:
        rendering._stylesheets.cache_clear()
