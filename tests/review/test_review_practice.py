"""Good practices: nothing confidential, nothing that its State has not verified."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from marsad.directory.models import Person
from marsad.directory.types import Reader
from marsad.library import problems as library_problems
from marsad.library.actions import practice as compendium
from marsad.library.loading import load_reference_data
from marsad.library.models import Practice as Published
from marsad.review import invented, problems
from marsad.review.actions import answer as answers
from marsad.review.actions import practice as actions
from marsad.review.models import Answer, Part, Practice, Reply, Round
from marsad.review.words import Effect, PracticeState
from tests.review import rounds
from tests.review.rounds import MORNING, SECTION_A, SECTION_B, SHELTER

pytestmark = pytest.mark.django_db
NOW = MORNING + timedelta(days=60)
TITLES = {"ar": "مآو مفتوحة", "en": "Open shelters"}
TEXTS = {"ar": "تبقى الأبواب مفتوحة.", "en": "The doors stay open."}


@pytest.fixture
def reply(round_: Round) -> Reply:
    """Arkia tells of its shelters."""
    load_reference_data(at=NOW)
    return rounds.reply_of(round_, "XA", {SHELTER: "خمسة مآو مفتوحة للضحايا."})


@pytest.fixture
def answer(reply: Reply) -> Answer:
    return reply.answers.get(path=SHELTER)


def propose(round_: Round, answer: Answer, by: Reader, **more: Any) -> Practice:
    given: dict[str, Any] = {"titles": TITLES, "texts": TEXTS, "at": NOW}
    return actions.propose(round_key=round_.key, answer=answer.key, by=by, **(given | more))


def verify(made: Practice, by: Reader, **more: Any) -> Practice:
    given: dict[str, Any] = {
        "titles": made.titles,
        "texts": made.texts,
        "effect": made.effect,
        "evidence": made.evidence,
        "at": NOW + timedelta(days=1),
    }
    key = made.invitation.round.key
    return actions.verify(round_key=key, key=made.key, by=by, **(given | more))


def publish(made: Practice, by: Reader) -> Practice:
    key = made.invitation.round.key
    return actions.publish(round_key=key, key=made.key, by=by, at=NOW + timedelta(days=2))


def test_it_goes_from_analyst_to_state_to_compendium(
    round_: Round, answer: Answer, analyst: Person, salma: Person, yusuf: Person
) -> None:
    made = propose(round_, answer, analyst)
    verify(made, salma, texts={"en": "The doors stay open by day and night."})
    publish(made, yusuf)
    published = Published.objects.get()
    assert published.state_id == "XA"
    assert published.texts == {"en": "The doors stay open by day and night."}
    assert published.is_invented
    assert published.effect == Effect.NOT_STATED
    assert [theme.code for theme in published.themes.all()] == []
    assert Practice.objects.get().library_key == published.key


def test_the_focal_point_is_written_to_and_the_mail_tells_nothing_of_it(
    round_: Round, answer: Answer, analyst: Person, salma: Person, omar: Person, settings: Any
) -> None:
    settings.SENDS_MAIL = True
    made = propose(round_, answer, analyst)
    assert actions.write_to_focal_points(practice_id=made.pk, at=NOW) == 1
    assert mail.outbox[0].to == [salma.email]
    assert "Open shelters" not in mail.outbox[0].body
    assert TITLES["ar"] not in mail.outbox[0].body
    assert mail.outbox[0].subject.startswith(f"[{invented.mark('ar')}]")
    assert mail.outbox[0].body.startswith(invented.sentence("ar"))


def test_nothing_is_published_that_the_state_has_not_verified(
    round_: Round, answer: Answer, analyst: Person, yusuf: Person, salma: Person
) -> None:
    made = propose(round_, answer, analyst)
    with pytest.raises(problems.NotVerified):
        publish(made, yusuf)
    actions.decline(round_key=round_.key, key=made.key, reason="قيد المراجعة", by=salma, at=NOW)
    with pytest.raises(problems.NotVerified):
        publish(made, yusuf)
    assert not Published.objects.exists()


def test_the_database_keeps_what_was_not_verified_from_being_published(
    round_: Round, answer: Answer, analyst: Person
) -> None:
    made = propose(round_, answer, analyst)
    for change in (
        {"state": PracticeState.PUBLISHED, "published_at": NOW, "library_key": "k"},
        {"state": PracticeState.VERIFIED},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Practice.objects.filter(pk=made.pk).update(**change)


def hide(reply: Reply) -> None:
    """Arkia keeps the answer for the Secretariat from now on."""
    rounds.write(
        reply,
        SHELTER,
        "خمسة مآو مفتوحة للضحايا.",
        at=NOW,
        is_confidential=True,
        reason="سلامة الضحايا",
    )


def test_nothing_confidential_is_ever_proposed(
    round_: Round, reply: Reply, answer: Answer, analyst: Person, yusuf: Person
) -> None:
    hide(reply)
    # The earlier answer was not confidential; what is so today is so on every earlier day.
    for key in (answer.key, reply.answers.get(path=SHELTER, ended_at=None).key):
        for reader in (analyst, yusuf):
            with pytest.raises((problems.ConfidentialSource, problems.NoSuchAnswer)):
                actions.propose(
                    round_key=round_.key, answer=key, titles=TITLES, texts=TEXTS, by=reader, at=NOW
                )
    assert not Practice.objects.exists()


def test_what_became_confidential_is_neither_verified_nor_published(
    round_: Round,
    reply: Reply,
    answer: Answer,
    analyst: Person,
    salma: Person,
    yusuf: Person,
) -> None:
    made = propose(round_, answer, analyst)
    other = propose(round_, answer, analyst)
    verify(other, salma)
    hide(reply)
    with pytest.raises(problems.ConfidentialSource):
        verify(made, salma)
    with pytest.raises(problems.ConfidentialSource):
        publish(other, yusuf)
    assert not Published.objects.exists()


def test_only_its_state_verifies_or_declines(
    round_: Round,
    answer: Answer,
    analyst: Person,
    yusuf: Person,
    omar: Person,
    tariq: Person,
    salma: Person,
) -> None:
    made = propose(round_, answer, analyst)
    for person, problem in (
        (yusuf, problems.NotForThisState),
        (analyst, problems.NotForThisState),
        (tariq, problems.NotForThisState),
        (omar, problems.NoSuchPractice),
    ):
        with pytest.raises(problem):
            verify(made, person)
    with pytest.raises(problems.NotTheSecretariat):
        publish(verify(made, salma), salma)


def test_a_state_says_why_it_declines_and_takes_out_what_is_published(
    round_: Round, answer: Answer, analyst: Person, salma: Person, yusuf: Person
) -> None:
    made = propose(round_, answer, analyst)
    with pytest.raises(problems.DeclinedWithoutReason):
        actions.decline(round_key=round_.key, key=made.key, reason=" ", by=salma, at=NOW)
    publish(verify(made, salma), yusuf)
    actions.withdraw(round_key=round_.key, key=made.key, by=salma, at=NOW + timedelta(days=3))
    assert Published.objects.get().withdrawn_at is not None
    assert Practice.objects.get().state == PracticeState.VERIFIED


def test_what_is_published_is_taken_out_the_moment_its_source_becomes_confidential(
    round_: Round, reply: Reply, answer: Answer, analyst: Person, salma: Person, yusuf: Person
) -> None:
    made = publish(verify(propose(round_, answer, analyst), salma), yusuf)
    answers.save(
        reply_key=reply.key,
        path=SHELTER,
        value=answer.value,
        base=answer.revision,
        is_confidential=True,
        reason="سلامة الضحايا",
        by=salma,
        at=NOW + timedelta(days=4),
    )
    assert Published.objects.get().withdrawn_at is not None
    made.refresh_from_db()
    assert made.state == PracticeState.VERIFIED


def keep_for_the_secretariat(reply: Reply, answer: Answer, by: Person) -> None:
    """The focal point marks the answer that a practice was taken from."""
    answers.save(
        reply_key=reply.key,
        path=SHELTER,
        value=answer.value,
        base=answer.revision,
        is_confidential=True,
        reason="سلامة الضحايا",
        by=by,
        at=NOW + timedelta(days=4),
    )


def test_what_was_taken_out_for_its_state_is_put_back_by_nobody_in_the_library(
    client: Client,
    round_: Round,
    reply: Reply,
    answer: Answer,
    analyst: Person,
    salma: Person,
    yusuf: Person,
) -> None:
    made = publish(verify(propose(round_, answer, analyst), salma), yusuf)
    key = made.library_key
    keep_for_the_secretariat(reply, answer, by=salma)
    client.force_login(yusuf)
    assert "put-back" not in client.get(reverse("library:practice_list")).content.decode()
    client.post(reverse("library:practice_act", args=[key, "put-back"]))
    assert client.get(reverse("library:practice", args=[key])).status_code == 404
    with pytest.raises(IntegrityError), transaction.atomic():
        Published.objects.update(withdrawn_at=None)


def test_a_state_that_thinks_again_has_it_published_from_its_round(
    round_: Round, answer: Answer, analyst: Person, salma: Person, yusuf: Person
) -> None:
    made = publish(verify(propose(round_, answer, analyst), salma), yusuf)
    first = made.library_key
    actions.withdraw(round_key=round_.key, key=made.key, by=yusuf, at=NOW + timedelta(days=3))
    with pytest.raises(library_problems.NoSuchPractice):
        compendium.put_back(key=first, by=yusuf, at=NOW + timedelta(days=3))
    actions.publish(round_key=round_.key, key=made.key, by=yusuf, at=NOW + timedelta(days=4))
    assert Published.objects.get(withdrawn_at=None).key != first


def test_a_state_keeps_its_answer_for_the_secretariat_after_a_librarian_took_the_practice_out(
    client: Client,
    round_: Round,
    reply: Reply,
    answer: Answer,
    analyst: Person,
    salma: Person,
    yusuf: Person,
) -> None:
    made = publish(verify(propose(round_, answer, analyst), salma), yusuf)
    key = made.library_key
    compendium.withdraw(key=key, by=yusuf, at=NOW + timedelta(days=3))
    client.force_login(salma)
    page = client.get(
        reverse("review:practice", args=[round_.key, made.key]),
        headers={"accept-language": "en"},
    ).content.decode()
    assert "A librarian has taken it out" in page
    assert reverse("library:practice", args=[key]) not in page
    keep_for_the_secretariat(reply, answer, by=salma)
    assert reply.answers.get(ended_at=None).is_confidential
    with pytest.raises(library_problems.NoSuchPractice):
        compendium.put_back(key=key, by=yusuf, at=NOW + timedelta(days=5))


@pytest.mark.django_db(transaction=True)
def test_publishing_and_keeping_for_the_secretariat_come_one_after_the_other(
    round_: Round,
    reply: Reply,
    answer: Answer,
    analyst: Person,
    salma: Person,
    yusuf: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = verify(propose(round_, answer, analyst), salma)
    into_the_compendium = compendium.publish
    other: list[threading.Thread] = []

    def hide_meanwhile() -> None:
        keep_for_the_secretariat(reply, answer, by=salma)
        connection.close()

    def slowly(**given: Any) -> Published:
        other.append(threading.Thread(target=hide_meanwhile))
        other[0].start()
        other[0].join(0.5)
        return into_the_compendium(**given)

    monkeypatch.setattr(compendium, "publish", slowly)
    publish(made, yusuf)
    other[0].join(20)
    assert reply.answers.get(ended_at=None).is_confidential
    assert Published.objects.get().is_taken_back


def test_an_ngo_reads_practices_of_the_sections_it_was_given_only(
    client: Client, round_: Round, reply: Reply, answer: Answer, analyst: Person, huda: Person
) -> None:
    made = propose(round_, answer, analyst)
    body = huda.memberships.get().body
    part = Part.objects.create(reply=reply, section=SECTION_A, body=body, assigned_at=MORNING)
    client.force_login(huda)
    whole, one = reverse("review:practices", args=[round_.key]), [round_.key, made.key]
    assert TITLES["ar"] not in client.get(whole).content.decode()
    assert client.get(reverse("review:practice", args=one)).status_code == 404
    part.section = SECTION_B
    part.save()
    assert TITLES["ar"] in client.get(whole).content.decode()
    assert client.get(reverse("review:practice", args=one)).status_code == 200


def test_who_publishes_reads_the_words_of_every_language_first(
    client: Client, round_: Round, answer: Answer, analyst: Person, salma: Person, yusuf: Person
) -> None:
    made = propose(round_, answer, analyst)
    verify(made, salma)
    client.force_login(yusuf)
    shown = client.get(reverse("review:practice", args=[round_.key, made.key])).content.decode()
    assert all(text in shown for text in TEXTS.values())


def test_what_was_taken_from_an_answer_is_hidden_with_it(
    client: Client,
    round_: Round,
    reply: Reply,
    answer: Answer,
    analyst: Person,
    salma: Person,
    yusuf: Person,
) -> None:
    made = propose(round_, answer, analyst, effect="shown", evidence={"ar": "تقييم مستقل."})
    keep_for_the_secretariat(reply, answer, by=salma)
    for reader, sees in ((analyst, False), (yusuf, True), (salma, True)):
        client.force_login(reader)
        for page in (
            reverse("review:practices", args=[round_.key]),
            reverse("review:practice", args=[round_.key, made.key]),
        ):
            shown = client.get(page).content.decode()
            assert (TITLES["ar"] in shown) is sees
            assert sees or "تقييم مستقل" not in shown
            assert sees or TEXTS["ar"] not in shown


@pytest.mark.parametrize(
    ("what", "problem"),
    [("titles", {}), ("texts", {"ar": " "}), ("titles", {"en": "Only English"})],
)
def test_it_has_a_title_and_a_text_in_one_language(
    round_: Round, answer: Answer, analyst: Person, what: str, problem: dict[str, str]
) -> None:
    more = {what: problem} | ({"texts": {"ar": "نص"}} if problem.get("en") else {})
    with pytest.raises(problems.EmptyPractice):
        propose(round_, answer, analyst, **more)


def test_it_goes_through_the_pages(
    client: Client,
    round_: Round,
    answer: Answer,
    analyst: Person,
    salma: Person,
    yusuf: Person,
    omar: Person,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    client.force_login(analyst)
    form = {"title_ar": TITLES["ar"], "text_ar": TEXTS["ar"], "effect": "not_stated", "theme": ""}
    page = reverse("review:practice_propose", args=[round_.key]) + f"?answer={answer.key}"
    assert "خمسة مآو" in client.get(page).content.decode()
    assert client.post(page, form | {"title_ar": ""}).status_code == 422
    address = client.post(page, form)["Location"]
    made = Practice.objects.get()
    client.force_login(omar)
    assert client.get(address).status_code == 404
    client.force_login(salma)
    assert TEXTS["ar"] in client.get(address).content.decode()
    client.post(f"{address}verify/", form | {"text_ar": "تبقى الأبواب مفتوحة دائما."})
    client.force_login(yusuf)
    client.post(f"{address}publish/")
    made.refresh_from_db()
    assert made.state == PracticeState.PUBLISHED
    shown = client.get(reverse("library:practice", args=[made.library_key])).content.decode()
    assert "تبقى الأبواب مفتوحة دائما." in shown
    assert (
        "practices" in client.get(reverse("review:practices", args=[round_.key])).content.decode()
    )
