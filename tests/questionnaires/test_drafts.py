"""Drafts: one's own, never written over unasked, gone when handed in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from marsad.directory.models import Person
from marsad.problems import Problem
from marsad.questionnaires import problems, rendering
from marsad.questionnaires.actions import asking as asking_actions
from marsad.questionnaires.actions import draft as actions
from marsad.questionnaires.models import Asking, Draft, Submission
from marsad.questionnaires.queries import asking as askings
from marsad.questionnaires.queries import draft as queries
from marsad.questionnaires.queries import earlier
from marsad.questionnaires.views import filling
from tests.questionnaires.filling import (
    AT,
    Everybody,
    Receiving,
    asked,
    compiled,
    said,
    version_of,
)

pytestmark = pytest.mark.django_db

SMALL: Sequence[dict[str, Any]] = [
    {"type": "text", "name": "title", "required": "yes", **said("الاسم", "Name", "Nom")},
    {"type": "integer", "name": "staff", **said("العدد", "Number", "Nombre")},
    {"type": "file", "name": "paper", **said("وثيقة", "Document", "Document")},
]
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def everybody() -> Iterator[Everybody]:
    with Receiving(Everybody()) as receiver:
        yield receiver


@pytest.fixture
def key(db: None, everybody: Everybody) -> str:
    small = compiled(survey=SMALL, choices=[], form_id="small")
    concepts = {"/data/title": ("text", "body-name"), "/data/staff": ("integer", "staff")}
    return asked(version_of(small, form_id="small", concepts=concepts))


def instance(key: str, *, instance_id: str = "uuid:1", **answers: str) -> str:
    form_id = askings.form_id_of(Asking.objects.get(key=key))
    inside = "".join(f"<{name}>{value}</{name}>" for name, value in answers.items())
    meta = f"<meta><instanceID>{instance_id}</instanceID></meta>"
    return f'<data id="{form_id}" version="1">{inside}{meta}</data>'


def begun(key: str, by: Person) -> str:
    return actions.begin(asking=key, by=by, language="ar", at=AT)


def save(key: str, draft: str, by: Person, *, revision: int = 0, **answers: str) -> int:
    return actions.save(
        key=draft,
        xml=instance(key, **answers),
        revision=revision,
        language="ar",
        progress={"done": 1, "all": 3},
        by=by,
        at=AT,
    )


# ── saving ───────────────────────────────────────────────────────────────────────────────────────
def test_it_is_one_and_the_same_wherever_it_is_opened(key: str, basma: Person) -> None:
    first = begun(key, basma)
    save(key, first, basma, title="وزارة")
    assert begun(key, basma) == first
    assert "وزارة" in queries.one(reader=basma, key=first).xml
    [card] = queries.mine(reader=basma, language="ar")
    assert (card.title, card.done, card.total) == ("استبيان شامل", 1, 3)


def test_it_is_nobody_elses(key: str, basma: Person, reem: Person) -> None:
    draft = begun(key, basma)
    save(key, draft, basma, title="وزارة")
    assert begun(key, reem) != draft
    with pytest.raises(problems.NoSuchDraft):
        queries.one(reader=reem, key=draft)
    with pytest.raises(problems.NoSuchDraft):
        save(key, draft, reem, revision=1, title="أخرى")
    with pytest.raises(problems.NoSuchDraft):
        actions.discard(key=draft, by=reem, at=AT)
    assert queries.mine(reader=reem, language="ar") == []


def test_it_is_not_written_over_by_who_began_earlier(key: str, basma: Person) -> None:
    draft = begun(key, basma)
    assert save(key, draft, basma, title="first") == 1
    with pytest.raises(problems.SavedElsewhere):
        save(key, draft, basma, revision=0, title="second")
    assert "first" in Draft.objects.get().xml


def test_it_is_begun_only_by_who_is_asked(key: str, basma: Person, everybody: Everybody) -> None:
    everybody.asks = False
    with pytest.raises(problems.NothingAsked):
        begun(key, basma)
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "not xml",
        '<data id="other" version="1"><meta><instanceID>uuid:1</instanceID></meta></data>',
        '<!DOCTYPE a [<!ENTITY b "c">]><data>&b;</data>',
    ],
)
def test_it_keeps_no_nonsense(key: str, basma: Person, xml: str) -> None:
    draft = begun(key, basma)
    with pytest.raises(Problem) as refused:
        actions.save(key=draft, xml=xml, revision=0, language="", progress={}, by=basma, at=AT)
    assert str(refused.value)
    assert Draft.objects.get().revision == 0


# ── throwing away ────────────────────────────────────────────────────────────────────────────────
def test_it_can_be_had_back_for_a_while(key: str, basma: Person) -> None:
    draft = begun(key, basma)
    save(key, draft, basma, title="وزارة")
    actions.discard(key=draft, by=basma, at=AT)
    assert queries.mine(reader=basma, language="ar") == []
    begun(key, basma)  # opened again, and nothing typed
    actions.restore(key=draft, by=basma, at=AT + timedelta(days=13))
    assert "وزارة" in queries.one(reader=basma, key=draft).xml
    actions.discard(key=draft, by=basma, at=AT)
    with pytest.raises(problems.NoSuchDraft):
        actions.restore(key=draft, by=basma, at=AT + timedelta(days=15))


def test_it_does_not_come_back_over_a_newer_one(key: str, basma: Person) -> None:
    old = begun(key, basma)
    save(key, old, basma, title="old")
    actions.discard(key=old, by=basma, at=AT)
    new = begun(key, basma)
    save(key, new, basma, title="new")
    with pytest.raises(problems.DraftBegunSince):
        actions.restore(key=old, by=basma, at=AT)
    assert "new" in queries.one(reader=basma, key=new).xml


# ── files ────────────────────────────────────────────────────────────────────────────────────────
def test_it_keeps_files_under_names_of_their_own(key: str, basma: Person, reem: Person) -> None:
    draft = begun(key, basma)
    names = [
        actions.add_file(
            key=draft, name="تقرير.pdf", data=PDF, accept="application/*", by=basma, at=AT
        ).name
        for _ in range(2)
    ]
    assert names == ["تقرير.pdf", "تقرير-2.pdf"]
    assert queries.file(reader=basma, key=draft, name="تقرير.pdf") == (PDF, "application/pdf")
    with pytest.raises(problems.NoSuchDraft):
        queries.file(reader=reem, key=draft, name="تقرير.pdf")


def test_it_takes_no_file_that_is_too_large_or_one_too_many(
    key: str, basma: Person, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = begun(key, basma)
    settings.LARGEST_ATTACHMENT = len(PDF) - 1
    with pytest.raises(problems.FileTooLarge):
        actions.add_file(key=draft, name="a.pdf", data=PDF, accept="", by=basma, at=AT)
    settings.LARGEST_ATTACHMENT = len(PDF)
    monkeypatch.setattr(actions, "MOST_FILES", 1)
    actions.add_file(key=draft, name="a.pdf", data=PDF, accept="", by=basma, at=AT)
    with pytest.raises(problems.FilesTooMany):
        actions.add_file(key=draft, name="a.pdf", data=PDF, accept="", by=basma, at=AT)


# ── handing in ───────────────────────────────────────────────────────────────────────────────────
def test_it_goes_to_who_asked_with_the_files_that_it_names(
    key: str, basma: Person, everybody: Everybody
) -> None:
    draft = begun(key, basma)
    for _ in range(2):
        actions.add_file(key=draft, name="تقرير.pdf", data=PDF, accept="", by=basma, at=AT)
    received = actions.hand_in(
        key=draft,
        xml=instance(key, title="وزارة", staff="5", paper="تقرير-2.pdf"),
        revision=0,
        language="ar",
        by=basma,
        at=AT,
    )
    assert [taken.key for taken in everybody.taken] == [received.key]
    sent = Submission.objects.get()
    assert list(sent.attachments.values_list("name", flat=True)) == ["تقرير-2.pdf"]
    assert not Draft.objects.exists()
    receipt = queries.receipt(reader=basma, key=received.key, language="ar")
    assert (receipt.answer_count, receipt.files) == (3, ["تقرير-2.pdf"])


@pytest.mark.parametrize(("language", "words"), [("ar", "الاسم"), ("en", "Name")])
def test_it_stays_where_an_answer_is_wrong(
    key: str, basma: Person, everybody: Everybody, language: str, words: str
) -> None:
    draft = begun(key, basma)
    with pytest.raises(problems.BadAnswers) as refused:
        actions.hand_in(
            key=draft,
            xml=instance(key, staff="5"),
            revision=0,
            language=language,
            by=basma,
            at=AT,
        )
    [fault] = refused.value.details["faults"]
    assert fault["path"] == "/data/title"
    assert words in fault["message"]
    assert "<staff>5</staff>" in Draft.objects.get().xml
    assert everybody.taken == []
    assert not Submission.objects.exists()


def test_it_stays_where_the_time_is_over(key: str, basma: Person, everybody: Everybody) -> None:
    draft = begun(key, basma)
    asking_actions.close_at(key=key, moment=AT)
    with pytest.raises(problems.AskingClosed):
        actions.hand_in(
            key=draft,
            xml=instance(key, title="وزارة"),
            revision=0,
            language="ar",
            by=basma,
            at=AT,
        )
    assert "وزارة" in Draft.objects.get().xml
    assert everybody.taken == []


def test_what_was_sent_is_corrected_in_a_draft_of_its_own(key: str, basma: Person) -> None:
    draft = begun(key, basma)
    sent = actions.hand_in(
        key=draft,
        xml=instance(key, title="وزارة"),
        revision=0,
        language="ar",
        by=basma,
        at=AT,
    )
    assert actions.begin_correction(submission=sent.key, by=basma, at=AT) == key
    correction = queries.one(reader=basma, key=Draft.objects.get().key)
    assert correction.corrects_fresh
    assert "وزارة" in correction.xml


def test_nobody_corrects_what_another_sent(key: str, basma: Person, reem: Person) -> None:
    draft = begun(key, basma)
    sent = actions.hand_in(
        key=draft, xml=instance(key, title="x"), revision=0, language="ar", by=basma, at=AT
    )
    with pytest.raises(problems.NoSuchSubmission):
        actions.begin_correction(submission=sent.key, by=reem, at=AT)
    with pytest.raises(problems.NoSuchSubmission):
        queries.receipt(reader=reem, key=sent.key, language="ar")


# ── earlier answers ──────────────────────────────────────────────────────────────────────────────
def test_an_answer_is_offered_where_the_same_is_asked_again(
    key: str, basma: Person, reem: Person
) -> None:
    actions.hand_in(
        key=begun(key, basma),
        xml=instance(key, title="وزارة العدل", staff="12"),
        revision=0,
        language="ar",
        by=basma,
        at=AT,
    )
    concepts = {
        "/data/body/title": ("text", "body-name"),
        "/data/body/staff": ("text", "staff"),  # asked in words now: not the same kind
    }
    again = asked(version_of(compiled(form_id="other"), form_id="other", concepts=concepts))
    view = askings.one(reader=basma, key=again, language="ar", at=AT)
    [offer] = earlier.offers(reader=basma, asking=view, language="ar")
    assert (offer.path, offer.value, offer.answered_at) == ("/data/body/title", "وزارة العدل", AT)
    assert earlier.offers(reader=reem, asking=view, language="ar") == []


# ── the doors ────────────────────────────────────────────────────────────────────────────────────
def _post(client: Client, name: str, draft: str, **sent: Any) -> Any:
    return client.post(
        reverse(f"questionnaires:{name}", args=[draft]),
        json.dumps(sent),
        content_type="application/json",
    )


def test_a_browser_is_told_what_another_one_saved(
    key: str, basma: Person, client_of: Callable[[Person], Client]
) -> None:
    client, draft = client_of(basma), begun(key, basma)
    first = _post(client, "draft_save", draft, xml=instance(key, title="a"), revision=0)
    assert first.json() == {"revision": 1}
    second = _post(client, "draft_save", draft, xml=instance(key, title="b"), revision=0)
    assert second.status_code == 409
    assert "<title>a</title>" in second.json()["draft"]["xml"]


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"xml": 1, "revision": 0}', '{"xml": "", "revision": "0"}', "\xff"]
)
def test_it_says_what_it_cannot_read(
    key: str, basma: Person, client_of: Callable[[Person], Client], body: str
) -> None:
    address = reverse("questionnaires:draft_save", args=[begun(key, basma)])
    answer = client_of(basma).post(address, body, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["message"]


def test_it_does_not_send_a_script_to_the_page_for_signing_in(key: str, basma: Person) -> None:
    answer = _post(Client(), "draft_save", begun(key, basma), xml="", revision=0)
    assert answer.status_code == 401
    assert answer.json()["message"]


def test_a_file_is_refused_with_a_sentence(
    key: str, basma: Person, client_of: Callable[[Person], Client]
) -> None:
    address = reverse("questionnaires:draft_files", args=[begun(key, basma)])
    page = SimpleUploadedFile("صفحة.html", b"<script>", "text/html")
    answer = client_of(basma).post(address, {"file": page, "accept": "application/*"})
    assert answer.status_code == 422
    assert "صفحة.html" in answer.json()["message"]


def test_a_file_is_handed_out_so_that_nothing_in_it_runs(
    key: str, basma: Person, client_of: Callable[[Person], Client]
) -> None:
    draft = begun(key, basma)
    actions.add_file(key=draft, name="تقرير.pdf", data=PDF, accept="", by=basma, at=AT)
    address = reverse("questionnaires:draft_file", args=[draft, "تقرير.pdf"])
    answer = client_of(basma).get(address)
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Security-Policy"] == filling.SEALED
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_the_page_says_so_where_the_engine_is_not_built(
    key: str,
    basma: Person,
    client_of: Callable[[Person], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rendering, "is_built", lambda: False)
    answer = client_of(basma).get(reverse("questionnaires:fill", args=[key]))
    assert answer.status_code == 200
    assert "ODK Collect" in answer.content.decode()
    assert "fill.js" not in answer.content.decode()


@pytest.mark.skipif(not rendering.is_built(), reason="the form engine is not built")
def test_a_drawn_form_is_kept_by_the_browser_until_it_changes(
    key: str, basma: Person, client_of: Callable[[Person], Client]
) -> None:
    client = client_of(basma)
    page = client.get(reverse("questionnaires:fill", args=[key]) + "?language=en")
    assert page.headers["Content-Security-Policy"] == filling.POLICY
    address = page.context["form_url"]
    lasting = client.get(address)
    assert "immutable" in lasting.headers["Cache-Control"]
    assert 'lang="en"' in lasting.json()["form"]
    assert "immutable" not in client.get(address + "x").headers["Cache-Control"]


@pytest.mark.skipif(not rendering.is_built(), reason="the form engine is not built")
@pytest.mark.parametrize(("shows", "told"), [(True, "basma@marsad.test"), (False, "unknown")])
def test_a_form_is_told_who_fills_it_in_only_where_that_was_said(
    key: str, basma: Person, client_of: Callable[[Person], Client], shows: bool, told: str
) -> None:
    Asking.objects.filter(key=key).update(shows_names=shows)
    page = client_of(basma).get(reverse("questionnaires:fill", args=[key]))
    assert page.context["settings"]["session"]["email"] == told


def test_a_preview_is_not_for_those_who_may_not_see_the_form(
    key: str, basma: Person, client_of: Callable[[Person], Client]
) -> None:
    version = Asking.objects.get(key=key).version
    version.questionnaire.access = "restricted"
    version.questionnaire.save()
    for name in ("preview", "preview_form"):
        answer = client_of(basma).get(reverse(f"questionnaires:{name}", args=[version.key]))
        assert answer.status_code == 404
