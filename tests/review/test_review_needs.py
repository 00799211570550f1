"""Gaps and help needed: for the State and the Secretariat by State, for all others as counts."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from marsad.directory.models import Person
from marsad.library.loading import load_reference_data
from marsad.questionnaires import shipped
from marsad.review import measures, problems
from marsad.review.models import Round
from marsad.review.queries import needs as queries
from marsad.undocs import themes
from tests.review import rounds
from tests.review.rounds import LAW, LAW_HELP, MORNING
from tests.review.test_review_figure import SENT, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(round_: Round) -> Round:
    """Arkia lacks a law and asks for two kinds of help; Bahrestan keeps its need to itself."""
    load_reference_data(at=MORNING)
    rounds.reply_of(round_, "XA", {LAW: "no", LAW_HELP: "drafting training"}, is_public=False)
    rounds.reply_of(round_, "XB", {LAW: "in_part", LAW_HELP: "training"}, confidential=(LAW_HELP,))
    rounds.reply_of(round_, "XC", {LAW: "yes", LAW_HELP: "none"})
    return round_


def test_a_state_sees_its_gaps_with_what_may_help(answered: Round, salma: Person) -> None:
    found = queries.of_state(reader=salma, round_=answered, iso2="XA", language="en")
    assert [(gap.path, gap.answer, list(gap.help)) for gap in found.gaps] == [
        (LAW, "no", ["Drafting of laws", "Training"])
    ]
    assert any("Model Law" in measure.names["en"] for measure in found.gaps[0].measures)
    assert "article 5" in found.gaps[0].provisions[0]


def test_nobody_else_sees_the_gaps_of_a_state(
    client: Client,
    answered: Round,
    omar: Person,
    analyst: Person,
    yusuf: Person,
    public: AnonymousUser,
) -> None:
    for reader in (omar, analyst, public):
        with pytest.raises(problems.NoSuchReply):
            queries.of_state(reader=reader, round_=answered, iso2="XA", language="en")
    client.force_login(analyst)
    address = reverse("review:needs_of_state", args=[answered.key, "XA"])
    assert client.get(address).status_code == 404
    assert queries.of_state(reader=yusuf, round_=answered, iso2="XB", language="en").gaps


def test_the_secretariat_sees_names_and_others_counts(
    answered: Round, yusuf: Person, analyst: Person, public: AnonymousUser
) -> None:
    whole = queries.overview(reader=yusuf, round_=answered, language="en")
    law = next(theme for theme in whole.themes if theme.code == "legislation")
    training = next(kind for kind in law.kinds if kind.kind == "training")
    assert (training.n, [state.name for state in training.states]) == (2, ["Arkia", "Bahrestan"])
    publish(answered, as_at=SENT + timedelta(days=60))
    for reader in (analyst, public):
        found = queries.overview(reader=reader, round_=answered, language="en")
        law = next(theme for theme in found.themes if theme.code == "legislation")
        assert (law.of, law.asking, law.needs_none, law.not_known, law.withheld) == (3, 1, 1, 0, 1)
        assert [(kind.kind, kind.n, list(kind.states)) for kind in law.kinds] == [
            ("drafting", 1, []),
            ("training", 1, []),
        ]
        assert list(found.states) == []


def test_a_state_that_may_see_no_figures_finds_its_own_page(
    client: Client, answered: Round, salma: Person, omar: Person
) -> None:
    client.force_login(salma)
    address = reverse("review:needs", args=[answered.key])
    shown = client.get(address, headers={"accept-language": "en"}).content.decode()
    assert "Arkia" in shown
    assert "Bahrestan" not in shown
    assert "Drafting of laws" not in shown
    client.logout()
    assert client.get(address).status_code == 404


def test_the_pages_show_what_may_help(client: Client, answered: Round, yusuf: Person) -> None:
    client.force_login(yusuf)
    for name, more in (("needs", ()), ("needs_of_state", ("XA",)), ("measures", ())):
        for language in ("ar", "en"):
            client.cookies["django_language"] = language
            answer = client.get(reverse(f"review:{name}", args=[answered.key, *more]))
            assert answer.status_code == 200
            assert "Model Law against Trafficking in Persons" in answer.content.decode()


@pytest.mark.parametrize("format_", ["csv", "json", "xlsx"])
def test_counts_can_be_taken_away_and_name_no_state(
    client: Client, answered: Round, yusuf: Person, format_: str
) -> None:
    client.force_login(yusuf)
    answer = client.get(reverse("review:needs_export", args=[answered.key, format_]))
    assert answer.status_code == 200
    if format_ != "xlsx":
        text = answer.content.decode()
        assert "XA" not in text
        assert "Arkia" not in text
        assert "أرقيا" not in text
    if format_ == "json":
        law = next(row for row in json.loads(answer.content)["needs"])
        assert law["kinds"] == {"drafting": 1, "training": 1}


def test_the_catalogue_speaks_both_languages_of_known_themes_and_kinds() -> None:
    known = {theme.code for theme in themes.shipped()}
    kinds = set()
    for name in ("self_assessment", "demand", "assistance_needs"):
        kinds |= {row["name"] for row in shipped.sheets(name).choices if row["list_name"] == "help"}
    for each in measures.catalogue():
        assert set(each.names) == set(each.about) == set(each.publisher) == {"ar", "en"}
        assert set(each.themes) <= known
        assert set(each.kinds) <= kinds
    assert len({each.key for each in measures.catalogue()}) == len(measures.catalogue())
