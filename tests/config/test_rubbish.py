"""Whatever is typed into an address or sent to it, the house answers with a sentence.

Every address of the house is asked with rubbish for each of its parts, then with rubbish for each
value that some page or route reads. Nothing may break: no answer has a number from 500 on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from marsad.directory.models import Person
from marsad.library.models import Document, Recommendation
from tests.library.reports import ARABIC_REPORT, ENGLISH_REPORT

HUGE = "9" * 30
RUBBISH = ["", "\0", "zz", "-1", HUGE, "9" * 5000, "٣", "%'\\\"", "𐀀\u202e", "a/b"]
#: Rubbish of each sort that breaks something else: an address, a number, a database.
_SENT_AS_WELL = ("\0", HUGE, "zz")
#: What pages, forms and routes read, whichever of them does.
_NAMES = """
    q words year body state language in_language sort page theme addressee strength provision
    document group_by version view kind start most withdrawn next limit offset name email role
    login other themes access open_to_roles into digits code label_ar label_en keywords_ar
    keywords_en provisions file password _to_field _popup o
"""
NAMES = _NAMES.split()
_PART = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>|\(\?P<\w+>.*?\)(?=[/$\\-]|$)")


@pytest.fixture(autouse=True)
def _unhindered(monkeypatch):
    # Otherwise allauth, seeing so many requests, soon answers none of them.
    monkeypatch.setattr("allauth.core.ratelimit.consume", lambda *args, **kwargs: True)


def addresses(resolver: URLResolver | None = None, before: str = "/") -> Iterator[str]:
    """Every address of the house, its parts as Django writes them: `/documents/<slug:key>/`."""
    for each in (resolver or get_resolver()).url_patterns:
        here = before + str(each.pattern).replace("^", "").replace("$", "").replace("\\Z", "")
        if isinstance(each, URLPattern):
            yield here
        elif isinstance(each, URLResolver):
            yield from addresses(each, here)


ADDRESSES = sorted(set(addresses()))


@pytest.fixture
def parts(shelve, administrator) -> dict[str, str]:
    """What stands in the parts of an address that leads somewhere."""
    shelve(ARABIC_REPORT, language="ar")
    document = shelve(ENGLISH_REPORT, language="en")
    recommendation = Recommendation.objects.filter(document=document).first()
    assert recommendation is not None
    return {
        "key": document.key,
        "version": document.versions.first().key,
        "anchor": recommendation.anchor,
        "symbol": document.symbol,
        "format": "text",
        "what": "show",
        "code": "training",
        "person_id": str(administrator.pk),
    }


def filled(address: str, parts: dict[str, str], *, rubbish: str | None = None) -> str:
    """An address with its parts: as they are, or all of them rubbish."""
    code = parts["code"] if "theme" in address else "JO"

    def one(found: re.Match[str]) -> str:
        known = {**parts, "code": code}.get(found[1] or "", "1")
        return quote(known if rubbish is None else rubbish, safe="/")

    return _PART.sub(one, address)


def broken(answers: Iterator[tuple[str, int]]) -> list[str]:
    return [f"{asked[:120]} → {status}" for asked, status in answers if status >= 500]


def test_it_knows_every_address() -> None:
    assert len(ADDRESSES) > 60
    for expected in ("/", "/documents/<slug:key>/as/<slug:format>/", "/api/v1/search"):
        assert expected in ADDRESSES


@pytest.fixture
def browsers(client_of, administrator: Person, amal: Person) -> list[Client]:
    """Of the public, of somebody who may change the library, and of an administrator."""
    opened = [Client(), client_of(amal), client_of(administrator)]
    for browser in opened:
        browser.raise_request_exception = False
    return opened


def test_it_answers_any_address(browsers: list[Client], parts: dict[str, str]) -> None:
    def ask() -> Iterator[tuple[str, int]]:
        for address in ADDRESSES:
            if "<" not in address and "(" not in address:
                continue
            for rubbish in RUBBISH:
                asked = filled(address, parts, rubbish=rubbish)
                yield f"GET {asked}", browsers[2].get(asked).status_code
                if rubbish in _SENT_AS_WELL:
                    yield f"POST {asked}", browsers[1].post(asked).status_code

    assert broken(ask()) == []


def mixed(turn: int) -> dict[str, str]:
    """Rubbish of every sort, another for each name at every turn."""
    return {name: RUBBISH[(at + turn) % len(RUBBISH)] for at, name in enumerate(NAMES)}


@pytest.mark.parametrize("turn", [0, 3, 7])
def test_it_answers_any_question(browsers: list[Client], parts: dict[str, str], turn: int) -> None:
    def ask() -> Iterator[tuple[str, int]]:
        for at, address in enumerate(ADDRESSES):
            asked = filled(address, parts)
            yield f"GET {asked}", browsers[0].get(asked, mixed(turn + at)).status_code

    assert broken(ask()) == []


# One by one, for a value that is refused hides what the next would have broken.
@pytest.mark.parametrize("rubbish", ["zz", HUGE, "9" * 5000])
def test_it_answers_any_value(browsers: list[Client], parts: dict[str, str], rubbish: str) -> None:
    read = ["/", "/search/", "/recommendations/", f"/documents/{parts['key']}/"]
    read += [f"/api/v1/{each}" for each in ("documents", "recommendations", "search")]

    def ask() -> Iterator[tuple[str, int]]:
        for address in read:
            for name in NAMES[: NAMES.index("withdrawn")]:
                asked = f"{address}?{urlencode({'q': 'States', name: rubbish})}"
                yield f"GET {asked}", browsers[0].get(asked).status_code

    assert broken(ask()) == []


@pytest.mark.parametrize("turn", [0, 5])
def test_it_answers_any_form(browsers: list[Client], parts: dict[str, str], turn: int) -> None:
    right = {"state": "confirmed", "email": "x@marsad.test", "role": "librarian", "code": "new-one"}

    def ask() -> Iterator[tuple[str, int]]:
        for at, address in enumerate(ADDRESSES):
            if "logout" in address or "setlang" in address:
                continue
            asked, said = filled(address, parts), mixed(turn + at)
            yield f"POST {asked}", browsers[-1].post(asked, {**said, **right}).status_code
            yield f"POST {asked}", browsers[1].post(asked, said).status_code

    assert broken(ask()) == []
    assert Document.objects.exists()


@pytest.mark.parametrize("cookie", ["sessionid", "csrftoken", "django_language", "digits"])
@pytest.mark.parametrize("value", ['"a\\000b"', "zz", "x" * 5000])
def test_it_answers_any_cookie(client: Client, db: None, cookie: str, value: str) -> None:
    answer = client.get("/", headers={"cookie": f"{cookie}={value}"})
    assert answer.status_code in (200, 422)


def test_it_answers_any_token(client: Client, db: None) -> None:
    for secret in ("", "zz", "ÿ", "x" * 5000):
        answer = client.get("/api/v1/themes", headers={"authorization": f"Bearer {secret}"})
        assert answer.status_code == 401


@pytest.mark.parametrize("path", ["/", "/search/", "/directory/states/", "/recommendations/"])
def test_it_answers_who_asks_for_the_head_only(client: Client, db: None, path: str) -> None:
    answer = client.head(path)
    assert answer.status_code == 200
    assert answer.content == b""


@pytest.mark.parametrize("path", ["/", "/api/v1/themes"])
def test_it_says_which_ways_there_are(client: Client, db: None, path: str) -> None:
    answer = client.put(path, headers={"accept-language": "en"})
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert "PUT is not answered here" in answer.content.decode()


def test_it_says_how_many_files_are_taken_at_once(client_of, amal: Person, settings) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    files = [SimpleUploadedFile(f"{number}.txt", b"1. Text.") for number in range(3)]
    for path in ("/documents/add/", "/api/v1/documents"):
        answer = client_of(amal).post(path, {"file": files}, headers={"accept-language": "en"})
        assert answer.status_code == 422
        assert "At most 2 files" in answer.content.decode()


def test_it_says_what_is_wrong_with_a_nul(client: Client, db: None) -> None:
    page = client.get("/search/?q=%00", headers={"accept-language": "en"})
    assert page.status_code == 422
    assert "NUL" in page.content.decode()
    assert "<html" in page.content.decode()
    assert client.get("/api/v1/documents?words=%00").json()["code"] == "house.not-text"
