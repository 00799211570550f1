"""Notes verbales: numbered without gaps, written in both languages, mailed in the background."""

from __future__ import annotations

import io
import re
import smtplib
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import close_old_connections, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from config import follow_ups
from marsad.directory.models import Person, State
from marsad.directory.types import OPERATOR, BodyKind, Role
from marsad.journal.models import Entry
from marsad.questionnaires.models import QuestionnaireVersion
from marsad.review import invented, problems
from marsad.review import notes as letters
from marsad.review.actions import note as actions
from marsad.review.actions import round as round_actions
from marsad.review.models import Invitation, Mailing, Note, Round
from marsad.review.queries import note as queries
from marsad.review.queries import register as registers
from tests.review.conftest import of_a_state
from tests.review.rounds import reply_of
from tests.review.test_review_round import SOON, opened, prepared

pytestmark = pytest.mark.django_db
Open = Callable[[Person | AnonymousUser], Client]


@pytest.fixture
def asked(form: QuestionnaireVersion, states: dict[str, State]) -> Round:
    """A round that is open to four States; no note was written yet."""
    return opened(form, ["XA", "XB", "XC", "XD"])


@pytest.fixture
def _sends_mail(settings: Any) -> None:
    settings.SENDS_MAIL = True


def send(round_: Round, ordinal: int = 1, **more: Any) -> list[Note]:
    return actions.send(
        round_key=round_.key, ordinal=ordinal, by=OPERATOR, at=timezone.now(), **more
    )


# ── writing ──────────────────────────────────────────────────────────────────────────────────────
def test_every_state_gets_a_note_in_each_language_numbered_without_gaps(asked: Round) -> None:
    year = timezone.localdate().year
    assert [each.number for each in send(asked)] == [f"NV/DEMO/{year}/{n}" for n in range(1, 9)]
    assert set(Note.objects.values_list("language", flat=True)) == {"ar", "en"}
    assert not asked.invitations.filter(sent_at__isnull=True).exists()
    with pytest.raises(problems.NobodyToWriteTo):
        send(asked)
    assert Note.objects.count() == 8


def test_notes_of_invented_states_use_up_no_number_of_real_ones(
    asked: Round, form: QuestionnaireVersion
) -> None:
    send(asked)
    names = {"ar": "زمرة", "en": "Zamra"}
    State.objects.create(iso2="XZ", iso3="XZX", kind="member", names=names, is_invented=False)
    real = prepared(form, is_invented=False)
    round_actions.invite(key=real.key, states=["XZ"], by=OPERATOR, at=timezone.now())
    round_actions.open_round(key=real.key, by=OPERATOR, at=timezone.now())
    year = timezone.localdate().year
    assert [each.number for each in send(real)] == [f"NV/{year}/1", f"NV/{year}/2"]


def test_a_note_that_cannot_be_written_takes_no_number(
    asked: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    compose = letters.compose

    def stumble(facts: letters.Facts) -> letters.Wording:
        said.append(facts.state)
        if len(said) == 5:
            raise RuntimeError
        return compose(facts)

    monkeypatch.setattr(letters, "compose", stumble)
    with pytest.raises(RuntimeError):
        send(asked)
    assert not Note.objects.exists()
    monkeypatch.undo()
    assert send(asked)[0].number.endswith("/1")


def test_it_says_what_keeps_a_note_from_being_written(
    form: QuestionnaireVersion, states: dict[str, State]
) -> None:
    made = opened(form, ["XA"])
    now = timezone.now()
    for ordinal, at, problem in (
        (3, now, problems.UnknownNote),
        (2, now, problems.FirstNoteFirst),
        (1, now + timedelta(days=31), problems.NoteDueOver),
    ):
        with pytest.raises(problem):
            actions.send(round_key=made.key, ordinal=ordinal, by=OPERATOR, at=at)
    round_actions.close(key=made.key, by=OPERATOR, at=now)
    with pytest.raises(problems.RoundClosed):
        send(made)


def test_the_second_note_goes_to_those_who_neither_answered_nor_declined(asked: Round) -> None:
    first = {(each.invitation.state_id, each.language): each for each in send(asked)}
    reply_of(asked, "XA", {})
    asked.invitations.filter(state="XB").update(declined_at=timezone.now())
    second = send(asked, 2)
    assert {each.invitation.state_id for each in second} == {"XC", "XD"}
    assert all(each.due_on == SOON["second_due_on"] for each in second)
    english = next(each for each in second if each.language == "en")
    assert first[(english.invitation.state_id, "en")].number in english.paragraphs[0]


@pytest.mark.django_db(transaction=True)
def test_two_who_send_at_once_give_no_number_twice(
    form: QuestionnaireVersion, states: dict[str, State]
) -> None:
    made = [opened(form, ["XA", "XB"]), opened(form, ["XC", "XD"])]

    def write(round_: Round) -> None:
        try:
            send(round_)
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=write, args=[each]) for each in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = sorted(
        int(number.rpartition("/")[2]) for number in Note.objects.values_list("number", flat=True)
    )
    assert numbers == list(range(1, 9))


def test_it_is_addressed_to_the_body_of_the_focal_point_or_to_the_mission(
    asked: Round, salma: Person
) -> None:
    said = {(each.invitation.state_id, each.language): each for each in send(asked)}
    assert said[("XA", "en")].addressee.endswith("of XA (Arkia)")
    assert said[("XB", "en")].addressee == (
        "Permanent Mission of Bahrestan to the United Nations (Vienna)"
    )
    assert said[("XB", "ar")].addressee == "البعثة الدائمة لبحرستان لدى الأمم المتحدة (فيينا)"


def test_it_ends_with_the_courtesy_formula_and_names_mandate_and_deadline(asked: Round) -> None:
    for note in send(asked, address="https://marsad.example/review/x/"):
        whole = "\n".join(note.paragraphs)
        if note.language == "en":
            assert note.paragraphs[-1].startswith("The Secretariat avails itself")
            assert note.paragraphs[-1].endswith("assurances of its highest consideration.")
            assert "decision 4/4" in whole
        else:
            assert note.paragraphs[-1].startswith("وتغتنم الأمانة هذه الفرصة")
            assert "المقرر ٤/٤" in whole
        assert "https://marsad.example/review/x" in whole


# ── letters ──────────────────────────────────────────────────────────────────────────────────────
def test_the_letter_in_word_runs_from_right_to_left_and_is_marked(asked: Round) -> None:
    note = next(each for each in send(asked) if each.language == "ar")
    card = queries.one(reader=OPERATOR, round_=asked, key=note.key)
    made = letters.letter(card, format="docx", is_invented=True)
    assert made.file_name.startswith("INVENTED-NV-")
    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        body = archive.read("word/document.xml").decode()
    paragraphs = re.findall(r"<w:p>.*?</w:p>", body)
    assert paragraphs
    assert all("<w:bidi/>" in each for each in paragraphs if re.search("[\u0600-\u06ff]", each))
    assert "<w:rtl/>" in body
    assert "دول" in re.sub("<[^>]+>", "", body)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_letter_in_pdf_holds_its_number_on_one_page(asked: Round, language: str) -> None:
    note = next(each for each in send(asked) if each.language == language)
    card = queries.one(reader=OPERATOR, round_=asked, key=note.key)
    document = pypdfium2.PdfDocument(letters.letter(card, format="pdf", is_invented=False).data)
    try:
        assert len(document) == 1
        # Pdfium gives the pieces of a symbol in an Arabic line in an order of its own.
        text = document[0].get_textpage().get_text_bounded()
        series, year_and_number = note.number.split("DEMO/")
        assert all(piece in text for piece in (series.strip("/"), "DEMO", year_and_number))
    finally:
        document.close()


def test_an_officer_takes_all_letters_away_and_a_state_only_its_own(
    asked: Round, yusuf: Person, salma: Person, public: AnonymousUser, client_of: Open
) -> None:
    send(asked)
    page = reverse("review:notes_archive", args=[asked.key, "pdf"])
    packed = client_of(yusuf).get(page)
    data = b"".join(packed.streaming_content)  # type: ignore[attr-defined]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
    assert len(names) == 8
    assert all(name.startswith("INVENTED-") for name in names)
    assert client_of(salma).get(page).status_code == 403
    own = Note.objects.filter(invitation__state="XA").first()
    other = Note.objects.filter(invitation__state="XB").first()
    assert own is not None
    assert other is not None
    for note, status in ((own, 200), (other, 404)):
        letter = reverse("review:letter", args=[asked.key, note.key, "docx"])
        assert client_of(salma).get(letter).status_code == status
    listed = client_of(salma).get(reverse("review:notes", args=[asked.key]))
    assert {each.iso2 for same in listed.context["notes"] for each in same} == {"XA"}
    assert client_of(public).get(reverse("review:notes", args=[asked.key])).status_code == 302


# ── mailing ──────────────────────────────────────────────────────────────────────────────────────
def test_sending_leaves_the_mails_to_a_worker(asked: Round, yusuf: Person, client_of: Open) -> None:
    client_of(yusuf).post(reverse("review:notes_send", args=[asked.key]), {"ordinal": "1"})
    assert Note.objects.count() == 8
    assert not mail.outbox
    job = ProcrastinateJob.objects.get(task_name="review.mail_notes")
    assert job.args == {"round_id": asked.pk}
    assert "review.note.send" in follow_ups.FOLLOW_UPS


@pytest.mark.usefixtures("_sends_mail")
def test_each_focal_point_gets_one_mail_with_both_letters(
    asked: Round, salma: Person, omar: Person
) -> None:
    send(asked)
    assert actions.mail_notes(round_id=asked.pk, at=timezone.now()) == 4
    assert {tuple(each.to) for each in mail.outbox} == {(salma.email,), (omar.email,)}
    for each in mail.outbox:
        assert [kind for _name, _data, kind in each.attachments] == ["application/pdf"] * 2
        assert each.body.startswith(invented.sentence("ar")) is asked.is_invented
    assert actions.mail_notes(round_id=asked.pk, at=timezone.now()) == 0
    assert len(mail.outbox) == 2
    state = queries.sending(asked)
    assert (state.written, state.mailed, state.by_hand, state.waiting) == (8, 4, 4, 0)


@pytest.mark.usefixtures("_sends_mail")
def test_a_mail_that_fails_is_kept_told_without_addresses_and_tried_again(
    asked: Round,
    salma: Person,
    yusuf: Person,
    client_of: Open,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    send(asked)

    def refuse(self: Any, messages: Any) -> int:
        raise smtplib.SMTPRecipientsRefused({salma.email: (550, b"no such person")})

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
        actions.mail_notes(round_id=asked.pk, at=timezone.now())
    assert salma.email not in caplog.text
    assert salma.name not in caplog.text
    kept = Note.objects.filter(invitation__state="XA")
    assert {each.mail_problem for each in kept} == {"refused"}
    page = client_of(yusuf).get(
        reverse("review:notes", args=[asked.key]), headers={"accept-language": "en"}
    )
    assert "refused the address" in page.content.decode()
    assert salma.email not in page.content.decode()
    client_of(yusuf).post(reverse("review:notes_try_again", args=[asked.key]))
    assert actions.mail_notes(round_id=asked.pk, at=timezone.now()) == 2
    assert queries.sending(asked).mailed == 2
    assert not Entry.objects.filter(details__icontains=salma.email).exists()


def test_where_no_mail_is_set_up_the_notes_go_by_hand(asked: Round, salma: Person) -> None:
    assert settings.SENDS_MAIL in (True, False)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(settings, "SENDS_MAIL", False)
        send(asked)
        assert actions.mail_notes(round_id=asked.pk, at=timezone.now()) == 0
    assert queries.sending(asked).by_hand == 8


# ── reminders ────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.usefixtures("_sends_mail")
def test_a_reminder_goes_once_before_each_deadline_to_those_who_have_not_answered(
    asked: Round, salma: Person, omar: Person
) -> None:
    send(asked)
    reply_of(asked, "XB", {})
    now = timezone.now()
    assert actions.remind(at=now).states == []
    near = now + timedelta(days=25)
    assert actions.remind(at=near).states == ["XA"]
    assert actions.remind(at=near + timedelta(days=1)).states == []
    assert [each.to for each in mail.outbox] == [[salma.email]]
    assert mail.outbox[0].body.startswith(invented.sentence("ar")) is asked.is_invented
    after = now + timedelta(days=32)
    assert actions.remind(at=after).states == []
    actions.send(round_key=asked.key, ordinal=2, by=OPERATOR, at=after)
    assert actions.remind(at=now + timedelta(days=55)).states == ["XA"]
    assert len(mail.outbox) == 2


@pytest.mark.usefixtures("_sends_mail")
def test_a_reminder_that_fails_is_tried_on_the_next_day(
    asked: Round, salma: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(asked)
    near = timezone.now() + timedelta(days=25)

    def fail(self: Any, messages: Any) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)
        assert "XA" in actions.remind(at=near).kept
    assert actions.remind(at=near + timedelta(days=1)).states == ["XA"]


@pytest.fixture
def zeina(states: dict[str, State]) -> Person:
    """The second focal point of Arkia, while Salma hands over."""
    return of_a_state("Zeina", Role.FOCAL_POINT, states["XA"], BodyKind.MINISTRY)


@contextmanager
def stumbling(
    monkeypatch: pytest.MonkeyPatch, person: Person, error: BaseException, *, after: bool = False
) -> Iterator[None]:
    """The mail server stumbles over mails to one person, before it takes them or after."""
    take = EmailBackend.send_messages

    def send_messages(self: Any, messages: list[Any]) -> int:
        stumbles = any(each.to == [person.email] for each in messages)
        if stumbles and not after:
            raise error
        taken = take(self, messages)
        if stumbles:
            raise error
        return taken

    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", send_messages)
        yield


@pytest.mark.usefixtures("_sends_mail")
@pytest.mark.parametrize("who", ["Salma", "Zeina"])
def test_whom_a_reminder_reached_is_not_reminded_again_because_another_was_not(
    asked: Round, salma: Person, zeina: Person, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    send(asked)
    near = timezone.now() + timedelta(days=25)
    people = {"Salma": salma, "Zeina": zeina}
    with stumbling(monkeypatch, people.pop(who), ConnectionRefusedError()):
        assert "XA" in actions.remind(at=near).kept
    assert [each.to for each in mail.outbox] == [[each.email] for each in people.values()]
    assert actions.remind(at=near + timedelta(days=1)).states == ["XA"]
    assert {each.to[0] for each in mail.outbox} == {salma.email, zeina.email}
    assert len(mail.outbox) == 2


@pytest.mark.usefixtures("_sends_mail")
def test_a_reminder_that_was_cut_off_is_not_sent_twice_and_the_journal_says_so(
    asked: Round, salma: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(asked)
    near = timezone.now() + timedelta(days=25)
    with (
        stumbling(monkeypatch, salma, KeyboardInterrupt(), after=True),
        pytest.raises(KeyboardInterrupt),
    ):
        actions.remind(at=near)
    assert len(mail.outbox) == 1
    assert "XA" in actions.remind(at=near + timedelta(days=1)).kept
    assert "XA" not in actions.remind(at=near + timedelta(days=2)).kept
    assert len(mail.outbox) == 1
    line = Entry.objects.get(action="review.invitation.remind")
    assert line.details == {"unknown": 1}


@pytest.mark.usefixtures("_sends_mail")
def test_a_note_that_was_cut_off_is_sent_again_only_when_somebody_asks(
    asked: Round, salma: Person, zeina: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(asked)
    with (
        stumbling(monkeypatch, zeina, KeyboardInterrupt(), after=True),
        pytest.raises(KeyboardInterrupt),
    ):
        actions.mail_notes(round_id=asked.pk, at=timezone.now())
    first = len(mail.outbox)
    actions.mail_notes(round_id=asked.pk, at=timezone.now())
    assert sorted(each.to[0] for each in mail.outbox) == sorted([salma.email, zeina.email])
    assert len(mail.outbox) == 2
    assert first in (1, 2)
    kept = Note.objects.filter(invitation__state="XA")
    assert {each.mail_problem for each in kept} == {"unknown"}
    actions.try_again(round_key=asked.key, by=OPERATOR, at=timezone.now())
    assert actions.mail_notes(round_id=asked.pk, at=timezone.now()) == 2
    assert [each.to for each in mail.outbox][2:] == [[zeina.email]]
    assert set(Mailing.objects.values_list("problem", flat=True)) == {""}


@pytest.mark.usefixtures("_sends_mail")
def test_mails_lead_to_the_reply_once_it_is_known_where_marsad_is_reached(
    asked: Round, salma: Person, yusuf: Person, client_of: Open
) -> None:
    client_of(yusuf).post(reverse("review:notes_send", args=[asked.key]), {"ordinal": "1"})
    actions.mail_notes(round_id=asked.pk, at=timezone.now())
    page = reverse("review:reply", args=[asked.key, "XA"])
    assert f"http://testserver{page}" in mail.outbox[0].body


def test_nobody_but_the_secretariat_reminds(asked: Round, salma: Person) -> None:
    with pytest.raises(problems.NotTheSecretariat):
        actions.remind(at=timezone.now(), by=salma, round_key=asked.key)
    assert Invitation.objects.filter(reminded_of__isnull=True).count() == 4
    assert registers.outstanding(asked).count() == 4


def test_the_second_note_is_out_of_the_way_until_the_first_deadline_is_over(
    asked: Round, yusuf: Person, client_of: Open
) -> None:
    client = client_of(yusuf)
    client.cookies["django_language"] = "en"
    address = reverse("review:notes", args=[asked.key])

    def shown() -> str:
        return client.get(address).content.decode()

    send(asked, 1)
    Round.objects.update(due_on=timezone.localdate() + timedelta(days=1))
    assert "is not over" in shown()
    Round.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    assert "is not over" not in shown()
    assert "Send the second note" in shown()
