"""The frame of every page, and every component, in both languages."""

from __future__ import annotations

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation
from lxml import html

from marsad.design import formatting
from marsad.design.components import Change, Column, Fact, Link, Step

pytestmark = pytest.mark.django_db


def page(language: str, **cookies: str) -> html.HtmlElement:
    client = Client(headers={"accept-language": language})
    client.cookies.load(cookies)
    response = client.get(reverse("design:style"))
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def render(source: str, **context: object) -> str:
    request = RequestFactory().get("/list/?q=a&sort=-date&page=3")
    return Template("{% load design %}" + source).render(Context({"request": request, **context}))


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("en", "ltr")])
def test_it_takes_its_direction_from_the_language(language: str, direction: str) -> None:
    root = page(language)
    assert (root.get("lang"), root.get("dir")) == (language, direction)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_it_gives_content_a_direction_of_its_own(language: str) -> None:
    articles = page(language).xpath("//article")
    assert {(one.get("lang"), one.get("dir")) for one in articles} == {("ar", "rtl"), ("en", "ltr")}


@pytest.mark.parametrize(
    ("language", "cookie", "expected"),
    [
        ("ar", "", "١٬٢٣٤٬٥٦٧"),
        ("ar", "latn", "1,234,567"),
        ("en", "", "1,234,567"),
        ("en", "arab", "١٬٢٣٤٬٥٦٧"),
    ],
)
def test_it_writes_the_digits_the_reader_chose(language: str, cookie: str, expected: str) -> None:
    cookies = {formatting.PREFERENCE: cookie} if cookie else {}
    assert expected in page(language, **cookies).text_content()


def test_it_leads_the_keyboard_to_the_content_first() -> None:
    root = page("ar")
    first = root.xpath("//body//a")[0]
    assert first.get("href") == "#main"
    assert root.xpath("//main[@id='main']")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_it_has_no_id_twice_and_a_name_for_every_field(language: str) -> None:
    root = page(language)
    ids = root.xpath("//@id")
    assert sorted(ids) == sorted(set(ids))
    labelled = set(root.xpath("//label/@for"))
    fields = root.xpath("//input[not(@type='hidden')][not(@type='radio')] | //select | //textarea")
    assert {field.get("id") for field in fields} <= labelled


def test_it_keeps_the_digits_in_a_cookie_and_goes_back() -> None:
    client = Client()
    asked = {"digits": "latn", "next": "/design/style/?a=1"}
    response = client.post(reverse("design:set_digits"), asked)
    assert response.status_code == 302
    assert response["Location"] == "/design/style/?a=1"
    assert client.cookies[formatting.PREFERENCE].value == "latn"


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.test/", "//elsewhere.test", "javascript:1"]
)
def test_it_never_leads_to_another_site(elsewhere: str) -> None:
    response = Client().post(reverse("design:set_digits"), {"digits": "arab", "next": elsewhere})
    assert response["Location"] == "/"


def test_it_ignores_digits_it_does_not_know() -> None:
    client = Client()
    client.post(reverse("design:set_digits"), {"digits": "roman"})
    assert formatting.PREFERENCE not in client.cookies


def test_it_sorts_a_table_by_a_heading_and_keeps_the_rest_of_the_question() -> None:
    written = render(
        "{% table caption='Documents' columns=columns exports=exports %}<tr><td>{{ x }}</td></tr>"
        "{% endtable %}",
        columns=[Column(label="Date", key="date"), Column(label="Title", key="title")],
        exports=[Link(label="CSV", url="/list.csv")],
        x="<b>",
    )
    root = html.fromstring(written)
    assert root.xpath("//th/@aria-sort") == ["descending"]
    assert root.xpath("//th/a/@href") == ["?q=a&sort=date", "?q=a&sort=title"]
    assert root.xpath("string(//caption)") == "Documents"
    assert "&lt;b&gt;" in written


def test_it_pages_and_keeps_the_rest_of_the_question() -> None:
    numbers = Paginator(range(100), 10).page(3)
    root = html.fromstring(render("{% pagination page %}", page=numbers))
    assert root.xpath("//a[@rel='next']/@href") == ["?q=a&sort=-date&page=4"]
    assert len(root.xpath("//*[@aria-current='page']")) == 1


def test_it_draws_no_pages_where_there_is_one() -> None:
    assert render("{% pagination page %}", page=Paginator(range(3), 10).page(1)).strip() == ""


def test_it_escapes_what_people_wrote() -> None:
    evil = "<script>alert(1)</script>\"'"
    written = render(
        "{% button evil hx_post=evil %}{% badge evil %}{% problem evil %}{% copy_button evil %}"
        "{% empty_state evil text=evil %}{% progress evil value=3 %}{% fact_list facts %}"
        "{% step_list steps %}{% change_mark change 1 %}{% breadcrumbs links %}"
        "{% disclosure evil %}{{ evil }}{% enddisclosure %}{{ evil|isolated }}{{ things|listed }}"
        "{% search_box '/s/' value=evil %}{% query q=evil %}",
        evil=evil,
        things=[evil],
        facts=[Fact(label=evil, values=[evil])],
        steps=[Step(label=evil, hint=evil)],
        links=[Link(label=evil, url="/")],
        change=Change(id="c1", before=evil, after=evil, why=evil),
    )
    assert "<script" not in written
    assert html.fromstring(written).xpath("//@*[contains(., 'alert')]/../@onclick") == []


def test_it_ties_a_mark_to_its_explanation_and_back() -> None:
    change = Change(id="c7", before="a", after="b", why="Because.")
    written = render(
        "{% change_mark change 1 %}{% change_notes changes %}", change=change, changes=[change]
    )
    root = html.fromstring(f"<div>{written}</div>")
    assert root.xpath("//*[@id='c7']//a/@href") == ["#c7-why"]
    assert root.xpath("//*[@id='c7-why']//a/@href") == ["#c7"]


def test_it_shows_what_was_taken_away_as_taken_away() -> None:
    gone = Change(id="c8", before="12", after="", why="A page number.")
    assert "<del" in render("{% change_mark change 1 %}", change=gone)


def test_it_says_what_each_language_calls_itself() -> None:
    with translation.override("ar"):
        assert 'lang="en" dir="ltr">English<' in page_source("ar")


def page_source(language: str) -> str:
    return Client(headers={"accept-language": language}).get(reverse("design:style")).text
