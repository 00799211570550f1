"""A restricted document is invisible to whoever may not read it: everywhere, and in every count."""

from __future__ import annotations

import pytest
from django.urls import reverse

from marsad.directory.types import Role
from marsad.library import problems
from marsad.library.queries import document as documents
from marsad.library.queries import recommendation as recommendations
from marsad.library.queries import rights
from marsad.library.queries import search as searches
from marsad.library.words import Access
from tests.library.reports import ENGLISH_REPORT


@pytest.fixture
def module(shelve):
    """A module whose circulation is limited to practitioners."""
    return shelve(
        ENGLISH_REPORT.replace("recruitment agency", "covert marketplace"),
        "module.txt",
        access=Access.RESTRICTED,
        open_to_roles=[Role.PRACTITIONER.value],
    )


def test_it_is_open_to_the_role_it_names(module, basma):
    assert rights.document_for(basma, key=module.key) == module


@pytest.mark.parametrize("who", ["reem", "nobody", "public"])
def test_it_looks_absent_to_everybody_else(module, who, request):
    reader = request.getfixturevalue(who)

    with pytest.raises(problems.NoSuchDocument) as forbidden:
        rights.document_for(reader, key=module.key)
    with pytest.raises(problems.NoSuchDocument) as absent:
        rights.document_for(reader, key="0" * 16)
    assert str(forbidden.value) == str(absent.value)


@pytest.mark.parametrize(("who", "sees"), [("basma", True), ("amal", True), ("reem", False)])
def test_it_stays_out_of_lists_search_index_and_counts(module, who, sees, request):
    reader = request.getfixturevalue(who)

    shelf = documents.shelf(reader=reader, choice=documents.ListChoice(), language="en")
    found = searches.search(reader=reader, typed="covert marketplace")
    rows, count = recommendations.index(
        reader=reader, choice=recommendations.Choice(), language="en"
    )
    offered = recommendations.choices(reader=reader, language="en")

    assert bool(shelf) is sees
    assert bool(found.count) is sees
    assert bool(rows) is sees
    assert bool(count) is sees
    assert bool(offered.addressees) is sees
    assert bool(documents.list_choices(reader=reader)["years"]) is sees


@pytest.mark.parametrize(("who", "status"), [("basma", 200), ("reem", 404), ("public", 404)])
def test_it_stays_behind_every_door(module, who, status, request, client_of):
    browser = client_of(request.getfixturevalue(who))
    version = module.versions.get()
    recommendation = module.recommendations.first()

    doors = [
        reverse("library:document", args=[module.key]),
        reverse("library:document", args=[module.key]) + "?view=source",
        reverse("library:original", args=[module.key, version.key]),
        reverse("library:document_export", args=[module.key, "json"]),
        reverse("library:recommendation", args=[module.key, recommendation.anchor]),
        f"/api/v1/documents/{module.key}",
        f"/api/v1/documents/{module.key}/as/text",
    ]
    assert {door: browser.get(door).status_code for door in doors} == dict.fromkeys(doors, status)


def test_it_stays_out_of_exports(module, reem, client_of):
    exported = client_of(reem).get(reverse("library:recommendation_export", args=["json"]))

    assert b"covert" not in exported.content


def test_it_is_never_suggested_beside_a_public_recommendation(module, shelve):
    public = shelve(ENGLISH_REPORT.replace("2023/4", "2024/4"), "public.txt")

    assert not any(
        each.likenesses.exists() or each.liked_by.exists() for each in public.recommendations.all()
    )


def test_it_hides_that_a_public_document_is_named_by_it(shelve, reem, basma):
    named = shelve(
        ENGLISH_REPORT.replace("2023/4", "2023/1").replace(
            "document\nTEST/COP/WG.9/2023/1", "that"
        ),
        "named.txt",
    )
    shelve(
        ENGLISH_REPORT,
        "module.txt",
        access=Access.RESTRICTED,
        open_to_roles=[Role.PRACTITIONER.value],
    )

    def naming(reader):
        return documents.page(reader=reader, key=named.key, language="en").cited_by

    assert len(naming(basma)) == 1
    assert not naming(reem)


def test_it_lets_nobody_but_curators_change_who_may_see_it(module, basma, client_of):
    answer = client_of(basma).post(
        reverse("library:act", args=[module.key, "restrict"]), {"access": "public"}
    )

    assert answer.status_code == 403
    module.refresh_from_db()
    assert module.access == Access.RESTRICTED
