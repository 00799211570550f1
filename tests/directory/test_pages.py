"""The pages of the directory, through the browser's door."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from marsad.directory import loading
from marsad.directory.models import Body, Membership, Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _states() -> None:
    loading.load_states()


def test_it_lists_states_in_both_languages(client: Client) -> None:
    arabic = client.get("/directory/states/", HTTP_ACCEPT_LANGUAGE="ar").content.decode()
    english = client.get("/directory/states/", HTTP_ACCEPT_LANGUAGE="en").content.decode()

    assert 'lang="ar" dir="rtl"' in arabic[:400]
    assert "الأردن" in arabic
    assert "Jordan" in english


def test_it_finds_a_state_by_a_name_people_use(client: Client) -> None:
    page = client.get("/directory/states/?q=فنزويلا", HTTP_ACCEPT_LANGUAGE="en").content.decode()

    assert "Venezuela (Bolivarian Republic of)" in page
    assert "Jordan" not in page


def test_it_sorts_states(client: Client) -> None:
    page = client.get("/directory/states/?sort=-iso2").content.decode()
    assert page.index(">ZW<") < page.index(">AD<")


def test_it_exports_what_is_shown(client: Client) -> None:
    sheet = client.get("/directory/states/as/csv/?q=JOR").content.decode("utf-8-sig")

    assert sheet.splitlines()[0].startswith("iso2,iso3,m49")
    assert [line[:6] for line in sheet.splitlines()[1:]] == ["JO,JOR"]


@pytest.mark.parametrize("code", ["JO", "jor", "400"])
def test_it_shows_a_state_in_six_languages(client: Client, code: str) -> None:
    page = client.get(f"/directory/states/{code}/").content.decode()
    for name in ("الأردن", "Jordan", "Jordanie", "Jordania", "Иордания", "约旦"):
        assert name in page


def test_it_says_that_there_is_no_such_state(client: Client) -> None:
    page = client.get("/directory/states/QQ/", HTTP_ACCEPT_LANGUAGE="en")
    assert page.status_code == 404
    assert "No State or territory has the code QQ." in page.content.decode()

    told = client.get("/api/v1/directory/states/QQ", HTTP_ACCEPT_LANGUAGE="en")
    assert told.status_code == 404
    assert told.json() == {
        "code": "directory.state.not-found",
        "message": "No State or territory has the code QQ.",
        "details": {"code": "QQ"},
    }


def test_it_shows_people_to_administrators_only(
    administrator: Person, amal: Person, public: AnonymousUser, client_of: type[Client]
) -> None:
    assert client_of(administrator).get("/directory/people/").status_code == 200
    assert client_of(amal).get("/directory/people/").status_code == 403
    assert client_of(public).get("/directory/people/").status_code == 403
    assert client_of(amal).get("/directory/people/add/").status_code == 403


def test_it_lets_an_administrator_make_a_person_who_then_signs_in(
    administrator: Person, client_of: type[Client]
) -> None:
    body = Body.objects.get()
    page = client_of(administrator).post(
        "/directory/people/add/",
        {"name": "Hind", "email": "Hind@ngo.test", "body": body.name_en, "role": "analyst"},
    )
    link = page.context["link"]
    browser = Client()
    form = browser.get(link.removeprefix("http://testserver"), follow=True)
    chosen = "seven quiet rivers run"
    browser.post(form.redirect_chain[-1][0], {"password1": chosen, "password2": chosen})
    browser.post("/account/login/", {"login": "hind@ngo.test", "password": chosen})

    assert browser.session["_auth_user_id"] == str(Person.objects.get(email="hind@ngo.test").pk)
    again = Client().get(link.removeprefix("http://testserver"), follow=True)
    assert "password1" not in again.content.decode()


def test_it_says_beside_the_field_that_an_address_is_taken(
    administrator: Person, amal: Person, client_of: type[Client]
) -> None:
    sent = {"name": "Amal", "email": amal.email, "body": Body.objects.first(), "role": "analyst"}
    page = client_of(administrator).post(
        "/directory/people/add/",
        {**sent, "body": Body.objects.order_by("id")[0].name_en},
        HTTP_ACCEPT_LANGUAGE="en",
    )
    assert "Somebody already signs in" in str(page.context["form"].errors["email"])


def test_it_ends_a_role_at_once(
    administrator: Person, amal: Person, client_of: type[Client]
) -> None:
    held = Membership.objects.get(person=amal)
    page = client_of(administrator).post(f"/directory/roles/{held.pk}/end/", follow=True)

    assert page.status_code == 200
    assert not Membership.objects.open_on(held.from_date.today()).filter(pk=held.pk).exists()


@pytest.mark.parametrize("page", ["/admin/", "/admin/directory/person/"])
def test_it_opens_the_admin_to_administrators_for_looking(
    page: str, administrator: Person, amal: Person, client_of: type[Client]
) -> None:
    seen = client_of(administrator).get(page)
    assert seen.status_code == 200
    assert "/add/" not in seen.content.decode()
    assert client_of(amal).get(page).status_code in (302, 403)
    assert client_of(administrator).get("/admin/directory/person/add/").status_code == 403
