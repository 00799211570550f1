"""Themes, passages that analysts give them, suggestions, and where two analysts differ."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from marsad.directory.models import Body, Membership, Person
from marsad.directory.types import BodyKind, Role
from marsad.journal.models import Entry
from marsad.review import problems
from marsad.review.actions import coding, theme
from marsad.review.models import Analyst, Answer, Coding, Finding, Round
from marsad.review.queries import coding as queries
from marsad.review.queries import reading
from marsad.review.queries import theme as themes
from tests.review import rounds
from tests.review.rounds import LAW, LAW_WHICH, MORNING, SHELTER

pytestmark = pytest.mark.django_db
Browser = Callable[[Person | AnonymousUser], Client]
NOON = MORNING + timedelta(days=40)
LATER = NOON + timedelta(days=1)
TEXT = "لدينا ثلاثة مآو. وفيها رعاية صحية للضحايا."


@pytest.fixture
def nour(round_: Round) -> Person:
    """Another analyst of the round."""
    person = Person.objects.create(email="nour@marsad.test", name="Nour")
    body = Body.objects.create(kind=BodyKind.RESEARCH, name_en="Elsewhere", name_ar="مكان آخر")
    Membership.objects.create(
        person=person, body=body, role=Role.ANALYST, from_date=date(2020, 1, 1)
    )
    Analyst.objects.create(round=round_, person=person, from_at=MORNING)
    return person


@pytest.fixture
def answered(round_: Round) -> Round:
    rounds.reply_of(round_, "XA", {LAW: "yes", LAW_WHICH: "القانون رقم ٥", SHELTER: TEXT})
    rounds.reply_of(round_, "XB", {SHELTER: "Two shelters, free for victims."})
    rounds.reply_of(round_, "XC", {SHELTER: "سر"}, confidential=(SHELTER,))
    return round_


@pytest.fixture
def listed(answered: Round, analyst: Person) -> Round:
    """The round with its themes: `a`, `b`."""
    theme.begin(round_key=answered.key, by=analyst, at=NOON)
    return answered


def answer_of(round_: Round, iso2: str, path: str = SHELTER) -> Answer:
    return Answer.objects.get(
        reply__invitation__round=round_,
        reply__invitation__state=iso2,
        path=path,
        ended_at__isnull=True,
    )


def mark(by: Person, answer: Answer, *codes: str, passage: str = "") -> list[Coding]:
    start = answer.value.index(passage)
    end = start + len(passage) if passage else len(answer.value)
    return coding.mark(answer_key=answer.key, start=start, end=end, themes=codes, by=by, at=NOON)


def codes(round_: Round, reader: Person) -> dict[str, int]:
    listed = themes.listed(reader=reader, round_=round_, language="en")
    return {each.code: each.passages for each in listed}


# ── themes ───────────────────────────────────────────────────────────────────────────────────────
def test_themes_begin_with_the_sections_of_the_form(listed: Round, analyst: Person) -> None:
    found = themes.listed(reader=analyst, round_=listed, language="ar")
    assert [(each.code, each.label) for each in found] == [
        ("a", "ألف: القانون"),
        ("b", "باء: الضحايا"),
    ]
    assert theme.begin(round_key=listed.key, by=analyst, at=NOON) == []


def test_the_list_grows_and_names_change(listed: Round, analyst: Person) -> None:
    theme.add(
        round_key=listed.key,
        labels={"ar": "الرعاية الصحية", "en": "Health care"},
        parent="b",
        by=analyst,
        at=NOON,
    )
    assert list(codes(listed, analyst)) == ["a", "b", "b.health-care"]
    theme.rename(
        round_key=listed.key, code="b.health-care", labels={"en": "Care"}, by=analyst, at=NOON
    )
    [under] = [
        each
        for each in themes.listed(reader=analyst, round_=listed, language="ar")
        if each.parent == "b"
    ]
    assert under.label == "Care"


@pytest.mark.parametrize(
    ("labels", "problem"),
    [
        ({"ar": " "}, problems.ThemeWithoutName),
        ({"en": "x" * 201}, problems.ThemeNameTooLong),
        ({"en": "a: law"}, problems.ThemeNamedAlready),
    ],
)
def test_a_theme_needs_a_name_of_its_own(
    listed: Round, analyst: Person, labels: dict[str, str], problem: type[Exception]
) -> None:
    with pytest.raises(problem):
        theme.add(round_key=listed.key, labels=labels, by=analyst, at=NOON)


def test_merging_moves_passages_and_can_be_undone(
    listed: Round, analyst: Person, nour: Person
) -> None:
    shelter = answer_of(listed, "XA")
    mark(analyst, shelter, "a", "b")
    mark(nour, shelter, "a")
    before = codes(listed, analyst)
    assert before == {"a": 2, "b": 1}
    theme.merge(round_key=listed.key, code="a", into="b", by=analyst, at=LATER)
    assert codes(listed, analyst) == {"b": 2}
    theme.bring_back(round_key=listed.key, code="a", by=analyst, at=LATER + timedelta(hours=1))
    assert codes(listed, analyst) == before


def test_a_theme_that_findings_stand_on_is_not_merged_away(listed: Round, analyst: Person) -> None:
    Finding.objects.create(
        key="f",
        round=listed,
        theme=listed.themes.get(code="a"),
        kind="statement",
        ordinal=1,
        made_at=NOON,
    )
    with pytest.raises(problems.ThemeInUse):
        theme.merge(round_key=listed.key, code="a", into="b", by=analyst, at=NOON)
    with pytest.raises(problems.ThemeIntoItself):
        theme.merge(round_key=listed.key, code="b", into="b", by=analyst, at=NOON)


def test_only_analysts_touch_themes(
    answered: Round, salma: Person, reem: Person, public: AnonymousUser, client_of: Browser
) -> None:
    for person in (salma, reem):  # Reem is an analyst elsewhere
        with pytest.raises(problems.NotAnAnalyst):
            theme.begin(round_key=answered.key, by=person, at=NOON)
    address = reverse("review:themes", args=[answered.key])
    assert client_of(salma).get(address).status_code == 403
    assert client_of(public).get(address).status_code == 403


# ── marking ──────────────────────────────────────────────────────────────────────────────────────
def test_a_passage_is_given_themes_and_taken_back(listed: Round, analyst: Person) -> None:
    answer = answer_of(listed, "XA")
    made = mark(analyst, answer, "b", "a", passage="رعاية صحية")
    assert len(made) == 2
    assert mark(analyst, answer, "b", passage="رعاية صحية") == [made[0]]  # said twice, kept once
    page = queries.page(reader=analyst, round_=listed, key=answer.key, language="en")
    assert [each.words for each in page.codings] == ["رعاية صحية"] * 2
    assert "".join(each.text for each in page.pieces) == TEXT
    assert [each.text for each in page.pieces if each.themes] == ["رعاية صحية"]
    coding.remove(key=made[0].key, by=analyst, at=NOON)
    assert codes(listed, analyst) == {"a": 1, "b": 0}
    coding.put_back(key=made[0].key, by=analyst, at=NOON)
    assert codes(listed, analyst) == {"a": 1, "b": 1}
    assert Entry.objects.filter(action="review.coding.mark").count() == 2


@pytest.mark.parametrize("place", [(0, 0), (5, 3), (0, 10_000), (-1, 4)])
def test_only_a_passage_of_the_answer_is_marked(
    listed: Round, analyst: Person, place: tuple[int, int]
) -> None:
    answer = answer_of(listed, "XA")
    with pytest.raises(problems.NotAPassage):
        coding.mark(
            answer_key=answer.key, start=place[0], end=place[1], themes=["a"], by=analyst, at=NOON
        )


def test_choices_are_counted_and_not_coded(listed: Round, analyst: Person) -> None:
    with pytest.raises(problems.NotWords):
        mark(analyst, answer_of(listed, "XA", LAW), "a")


def test_analysts_never_meet_what_is_for_the_secretariat_only(
    listed: Round, analyst: Person, yusuf: Person, client_of: Browser
) -> None:
    secret = answer_of(listed, "XC")
    mark(yusuf, secret, "b")
    with pytest.raises(problems.NoSuchAnswer):
        mark(analyst, secret, "b")
    address = reverse("review:coding", args=[listed.key, secret.key])
    assert client_of(analyst).get(address).status_code == 404
    assert client_of(yusuf).get(address).status_code == 200
    assert (codes(listed, analyst)["b"], codes(listed, yusuf)["b"]) == (0, 1)


def test_what_became_confidential_is_closed_to_those_who_coded_it(
    listed: Round, analyst: Person
) -> None:
    answer = answer_of(listed, "XA")
    [made] = mark(analyst, answer, "b")
    rounds.write(answer.reply, SHELTER, TEXT, at=LATER, is_confidential=True)
    assert codes(listed, analyst)["b"] == 0
    with pytest.raises(problems.NoSuchCoding):
        coding.remove(key=made.key, by=analyst, at=LATER)


def test_marks_on_an_earlier_wording_are_flagged_and_carried_over(
    listed: Round, analyst: Person
) -> None:
    answer = answer_of(listed, "XA")
    [made] = mark(analyst, answer, "b", passage="رعاية صحية")
    [gone] = mark(analyst, answer, "a", passage="ثلاثة مآو")
    new = rounds.write(answer.reply, SHELTER, "أربعة بيوت. وفيها رعاية صحية.", at=LATER)
    page = queries.page(reader=analyst, round_=listed, key=new.key, language="en")
    assert page.codings == []
    assert [(each.words, each.still_there) for each in page.stale] == [
        ("ثلاثة مآو", False),
        ("رعاية صحية", True),
    ]
    side = reading.by_question(reader=analyst, round_=listed, path=SHELTER, language="en")
    told = {state.iso2: [each.has_stale_tags for each in state.answers] for state in side.states}
    assert told == {"XA": [True], "XB": [False], "XC": []}
    with pytest.raises(problems.AnswerHasChanged):
        mark(analyst, answer, "b")
    moved = coding.carry_over(key=made.key, by=analyst, at=LATER)
    assert new.value[moved.start : moved.end] == "رعاية صحية"
    with pytest.raises(problems.WordsGone):
        coding.carry_over(key=gone.key, by=analyst, at=LATER)
    earlier = queries.page(reader=analyst, round_=listed, key=answer.key, language="en")
    assert earlier.now == new.key


def test_nobody_removes_the_marks_of_another(listed: Round, analyst: Person, nour: Person) -> None:
    [made] = mark(analyst, answer_of(listed, "XA"), "b")
    with pytest.raises(problems.NoSuchCoding):
        coding.remove(key=made.key, by=nour, at=NOON)


# ── suggestions ──────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def taught(listed: Round, analyst: Person) -> Round:
    """Two answers on shelters and one on a law are coded; another State tells of shelters."""
    mark(analyst, answer_of(listed, "XA"), "b", passage="لدينا ثلاثة مآو.")
    mark(analyst, answer_of(listed, "XB"), "b", passage="Two shelters")
    mark(analyst, answer_of(listed, "XA", LAW_WHICH), "a")
    reply = rounds.reply_of(listed, "XD", {SHELTER: "لا شيء. وقد افتتح مأوى."})
    rounds.write(reply, LAW_WHICH, "مأوى ومأوى آخر")
    mark(analyst, answer_of(listed, "XD", LAW_WHICH), "b")
    return listed


def suggested(round_: Round, reader: Person) -> list[tuple[str, str]]:
    page = queries.page(
        reader=reader, round_=round_, key=answer_of(round_, "XD").key, language="en"
    )
    return [(each.theme, each.words) for each in page.suggestions]


def test_a_theme_is_suggested_and_a_person_decides(
    taught: Round, analyst: Person, nour: Person
) -> None:
    assert suggested(taught, analyst) == [("b", "وقد افتتح مأوى.")]
    assert not Coding.objects.filter(answer=answer_of(taught, "XD")).exists()
    answer = answer_of(taught, "XD")
    start = answer.value.index("وقد")
    end = len(answer.value)
    turned = coding.turn_down(
        answer_key=answer.key, start=start, end=end, theme="b", by=analyst, at=NOON
    )
    assert suggested(taught, analyst) == []
    assert suggested(taught, nour) != []  # she has not said anything
    coding.put_back(key=turned.key, by=analyst, at=NOON)
    assert suggested(taught, analyst) != []
    coding.mark(
        answer_key=answer.key,
        start=start,
        end=end,
        themes=["b"],
        by=analyst,
        at=NOON,
        was_suggested=True,
    )
    assert suggested(taught, analyst) == []


# ── agreement ────────────────────────────────────────────────────────────────────────────────────
def test_two_analysts_see_where_they_differ(listed: Round, analyst: Person, nour: Person) -> None:
    for iso2, mine, hers in (("XA", "a", "a"), ("XB", "a", "b")):
        mark(analyst, answer_of(listed, iso2), mine)
        mark(nour, answer_of(listed, iso2), hers)
    mark(analyst, answer_of(listed, "XA", LAW_WHICH), "b")
    mark(nour, answer_of(listed, "XA", LAW_WHICH), "b")
    found = queries.agreement(
        reader=analyst, round_=listed, first=analyst.pk, second=nour.pk, language="en"
    )
    assert (found.units, found.same) == (3, 2)
    # p_o = 2/3; p_e = (2/3)(1/3) + (1/3)(2/3) = 4/9; kappa = (2/9) / (5/9).
    assert found.kappa == pytest.approx(0.4)
    assert [(each.state, each.first[0].label) for each in found.differences] == [
        ("Bahrestan", "A: Law")
    ]


def test_too_little_in_common_is_said(
    listed: Round, analyst: Person, nour: Person, client_of: Browser
) -> None:
    mark(analyst, answer_of(listed, "XA"), "a")
    mark(nour, answer_of(listed, "XB"), "a")
    found = queries.agreement(
        reader=analyst, round_=listed, first=analyst.pk, second=nour.pk, language="en"
    )
    assert (found.units, found.kappa, found.alpha) == (0, None, None)
    client = client_of(analyst)
    client.cookies["django_language"] = "en"
    page = client.get(reverse("review:agreement", args=[listed.key])).content.decode()
    assert "too little in common to say" in page


# ── the pages ────────────────────────────────────────────────────────────────────────────────────
def test_an_answer_is_coded_on_the_page_and_undone(
    listed: Round, analyst: Person, client_of: Browser
) -> None:
    client = client_of(analyst)
    answer = answer_of(listed, "XA")
    act = reverse("review:coding_act", args=[listed.key, answer.key])
    done = client.post(act, {"act": "mark", "themes": ["b"]}, follow=True)
    assert done.status_code == 200
    made = Coding.objects.get()
    assert (made.start, made.end) == (0, len(TEXT))  # no passage: the whole answer
    client.post(act, {"act": "remove", "mark": made.key})
    page = client.get(reverse("review:coding", args=[listed.key, answer.key])).content.decode()
    assert 'value="put_back"' in page
    client.post(act, {"act": "put_back", "mark": made.key})
    assert Coding.objects.get().removed_at is None
    assert client.post(act, {"act": "mark"}).status_code == 422
    assert client.post(act, {"act": "mark", "themes": ["zz"]}).status_code == 422


def test_themes_are_kept_on_the_page(answered: Round, analyst: Person, client_of: Browser) -> None:
    client = client_of(analyst)
    act = reverse("review:theme_act", args=[answered.key])
    client.post(act, {"act": "begin"})
    client.post(act, {"act": "add", "label_en": "Care", "parent": ""})
    client.post(act, {"act": "merge", "code": "care", "into": "b"})
    assert list(codes(answered, analyst)) == ["a", "b"]
    page = client.get(reverse("review:themes", args=[answered.key])).content.decode()
    assert 'value="bring_back"' in page
    client.post(act, {"act": "bring_back", "code": "care"})
    assert list(codes(answered, analyst)) == ["a", "b", "care"]
    assert client.post(act, {"act": "add"}).status_code == 422
    assert client.post(act, {"act": "retire", "code": "no"}).status_code == 404


def test_what_is_left_to_do_is_listed(listed: Round, analyst: Person, client_of: Browser) -> None:
    mark(analyst, answer_of(listed, "XA"), "b")
    lines = queries.worklist(reader=analyst, round_=listed, language="en")
    told = {each.question.path: (each.answers, each.coded) for each in lines}
    assert told == {LAW_WHICH: (1, 0), SHELTER: (2, 1)}
    page = client_of(analyst).get(reverse("review:coding_list", args=[listed.key]))
    assert answer_of(listed, "XB").key in page.content.decode()
