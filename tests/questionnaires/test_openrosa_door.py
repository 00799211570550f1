"""The door for phones, spoken to as ODK Collect speaks: request by request."""

from __future__ import annotations

import hashlib
import io
import logging
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from config import security
from marsad.directory.models import Person
from marsad.journal.models import Entry
from marsad.questionnaires.actions import asking as asking_actions
from marsad.questionnaires.actions import device as devices
from marsad.questionnaires.models import Asking, Attachment, Device, Submission
from marsad.questionnaires.openrosa.documents import FORM_LIST, MANIFEST, RESPONSE
from marsad.questionnaires.queries import asking as askings
from tests.questionnaires import filling

pytestmark = pytest.mark.django_db

SURVEY = [
    {"type": "text", "name": "place", "required": "yes", **filling.said("المكان", "Place", "Lieu")},
    {
        "type": "integer",
        "name": "staff",
        "constraint": ". >= 0",
        **filling.said("كم موظفاً؟", "How many?", "Combien ?"),
        **filling.said(
            "لا أقل من صفر.", "Not below zero.", "Pas moins de zéro.", column="constraint_message"
        ),
    },
    {"type": "begin_repeat", "name": "papers", **filling.said("الأوراق", "Papers", "Papiers")},
    {"type": "file", "name": "paper", **filling.said("ورقة", "Paper", "Papier")},
    {"type": "end_repeat"},
]


@pytest.fixture
def receiver() -> Iterator[filling.Everybody]:
    with filling.Receiving(filling.Everybody()) as everybody:
        yield everybody


@pytest.fixture
def asking(receiver: filling.Everybody) -> Asking:
    version = filling.version_of(filling.compiled(SURVEY, [], form_id="needs"), form_id="needs")
    return Asking.objects.get(key=filling.asked(version))


#: How a picture begins.
JPEG = b"\xff\xd8\xff"


class Phone:
    """Collect's requests: its headers, its device id, its way of sending."""

    def __init__(self, secret: str) -> None:
        self.secret = secret
        self.client = Client(
            headers={
                "X-OpenRosa-Version": "1.0",
                "User-Agent": "org.odk.collect.android/v2026.3",
                "Accept-Language": "ar",
            }
        )

    def at(self, path: str) -> str:
        return f"/openrosa/{self.secret}/{path}?deviceID=collect%3Aabc"

    def get(self, path: str) -> Any:
        return self.client.get(self.at(path))

    def send(self, xml: str, *files: tuple[str, bytes], more: bool = False) -> Any:
        parts: dict[str, Any] = {
            "xml_submission_file": SimpleUploadedFile("a.xml", xml.encode(), "text/xml"),
            **{name: SimpleUploadedFile(name, JPEG + data, "image/jpeg") for name, data in files},
        }
        if more:
            parts["*isIncomplete*"] = "yes"
        return self.client.post(self.at("submission"), parts)


@pytest.fixture
def phone(basma: Person) -> Phone:
    _key, secret = devices.register(name="هاتف الميدان", by=basma, at=filling.AT)
    return Phone(secret)


def filled(asking: Asking, *papers: str, place: str = "عمّان", **said: str) -> str:
    told = {"staff": "٣", "instance": "uuid:1", "form": "", "version": "1", "corrects": "", **said}
    corrects = f"<deprecatedID>{told['corrects']}</deprecatedID>" if told["corrects"] else ""
    repeated = "".join(f"<papers><paper>{name}</paper></papers>" for name in papers)
    return (
        f'<data id="{told["form"] or "needs-" + asking.key}" version="{told["version"]}">'
        f"<place>{place}</place><staff>{told['staff']}</staff>{repeated}"
        f"<meta><instanceID>{told['instance']}</instanceID>{corrects}</meta></data>"
    )


def words(response: Any) -> str:
    assert response.headers["X-OpenRosa-Version"] == "1.0"
    assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
    return ET.fromstring(response.content).findtext(f"{{{RESPONSE}}}message") or ""


# ── getting forms ────────────────────────────────────────────────────────────────────────────────
def test_it_offers_a_phone_the_forms_that_are_asked_of_its_owner(asking, phone):
    response = phone.get("formList")

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert response.headers["X-OpenRosa-Version"] == "1.0"
    (form,) = ET.fromstring(response.content)
    assert form.findtext(f"{{{FORM_LIST}}}formID") == f"needs-{asking.key}"
    assert form.findtext(f"{{{FORM_LIST}}}name") == "استبيان شامل"
    assert form.findtext(f"{{{FORM_LIST}}}version") == "1"


def test_it_serves_the_very_bytes_it_gave_the_hash_of(asking, phone):
    (form,) = ET.fromstring(phone.get("formList").content)
    served = phone.client.get(form.findtext(f"{{{FORM_LIST}}}downloadUrl", ""))

    digest = hashlib.md5(served.content, usedforsecurity=False).hexdigest()
    assert form.findtext(f"{{{FORM_LIST}}}hash") == f"md5:{digest}"
    assert f'id="needs-{asking.key}"'.encode() in served.content


def test_it_lists_one_form_where_one_is_wanted(asking, phone):
    wanted = phone.client.get(phone.at("formList") + f"&formID=needs-{asking.key}")
    other = phone.client.get(phone.at("formList") + "&formID=other")
    assert len(ET.fromstring(wanted.content)) == 1
    assert len(ET.fromstring(other.content)) == 0


def test_it_asks_the_same_form_twice_as_two_forms(asking, phone, receiver):
    filling.asked(asking.version)
    ids = [
        each.findtext(f"{{{FORM_LIST}}}formID")
        for each in ET.fromstring(phone.get("formList").content)
    ]
    assert len(set(ids)) == 2


def test_it_lists_the_files_of_a_form(asking, phone, monkeypatch):
    map_of_it = ("خريطة.png", b"png", "image/png")
    monkeypatch.setattr(askings, "media", lambda _asking: iter([map_of_it]))
    monkeypatch.setattr(askings, "has_media", lambda _asking: True)
    (form,) = ET.fromstring(phone.get("formList").content)
    manifest = phone.client.get(form.findtext(f"{{{FORM_LIST}}}manifestUrl", ""))
    (file,) = ET.fromstring(manifest.content)
    got = phone.client.get(file.findtext(f"{{{MANIFEST}}}downloadUrl", ""))
    assert got.content == b"png"


def test_it_says_how_much_it_takes_before_anything_is_sent(asking, phone):
    response = phone.client.head(phone.at("submission"))
    assert response.status_code == 204
    assert response.headers["X-OpenRosa-Accept-Content-Length"] == "100000000"
    assert response.headers["Location"].startswith("http://testserver/openrosa/")


# ── sending ──────────────────────────────────────────────────────────────────────────────────────
def test_it_takes_a_filled_form_and_thanks_in_arabic(asking, phone, receiver, basma):
    response = phone.send(filled(asking))

    assert response.status_code == 201
    assert words(response) == "وصلت. شكرًا."
    submission = Submission.objects.get()
    assert submission.by == basma
    assert submission.device == Device.objects.get()
    said = {answer["name"]: answer["value"] for answer in submission.answers}
    assert (said["place"], said["staff"]) == ("عمّان", "3")
    (taken,) = receiver.taken
    assert taken.submission_id == submission.pk


def test_it_keeps_a_form_once_that_is_sent_twice(asking, phone, receiver):
    phone.send(filled(asking))
    again = phone.send(filled(asking).replace("><", ">\n <"))
    assert again.status_code == 201
    assert "مرة واحدة" in words(again)
    assert Submission.objects.count() == len(receiver.taken) == 1


def test_it_keeps_the_first_of_two_contents_with_one_id(asking, phone):
    phone.send(filled(asking))
    other = phone.send(filled(asking, place="إربد"))
    assert other.status_code == 409
    assert Submission.objects.get().answers[0]["value"] == "عمّان"


def test_it_takes_a_form_and_its_files_in_several_requests(asking, phone, receiver):
    names = [f"صورة {number}.jpg" for number in range(150)]
    xml = filled(asking, *names)
    first = phone.send(xml, *[(name, name.encode()) for name in names[:101]], more=True)
    assert first.status_code == 201
    assert receiver.taken == []

    last = phone.send(xml, *[(name, name.encode()) for name in names[101:]])
    assert last.status_code == 201
    assert len(receiver.taken) == 1
    assert Attachment.objects.count() == 150


def test_it_goes_on_where_a_cut_connection_left_off(asking, phone, receiver):
    xml = filled(asking, "a.jpg", "b.jpg")
    phone.send(xml, ("a.jpg", b"a"), more=True)
    phone.send(xml, ("a.jpg", b"a"), more=True)
    phone.send(xml, ("b.jpg", b"b"))
    assert [file.name for file in Attachment.objects.all()] == ["a.jpg", "b.jpg"]
    assert len(receiver.taken) == 1


def test_it_takes_no_file_that_no_answer_names(asking, phone):
    phone.send(filled(asking), ("stray.jpg", b"x"))
    assert not Attachment.objects.exists()


def test_it_takes_a_correction_in_place_of_what_it_corrects(asking, phone, receiver):
    phone.send(filled(asking))
    corrected = phone.send(filled(asking, place="إربد", instance="uuid:2", corrects="uuid:1"))
    assert corrected.status_code == 201
    current = Submission.objects.get(is_current=True)
    assert current.corrects == Submission.objects.get(instance_id="uuid:1")
    assert receiver.taken[1].corrects_id == current.corrects_id

    again = phone.send(filled(asking, place="جرش", instance="uuid:3", corrects="uuid:1"))
    assert again.status_code == 409
    assert Submission.objects.count() == 2


def test_it_keeps_what_was_sent_until_its_correction_is_complete(asking, phone, receiver):
    phone.send(filled(asking))
    begun = filled(asking, "a.jpg", instance="uuid:2", corrects="uuid:1")
    assert phone.send(begun, more=True).status_code == 201
    assert Submission.objects.get(instance_id="uuid:1").is_current

    other = filled(asking, place="إربد", instance="uuid:3", corrects="uuid:1")
    assert phone.send(other).status_code == 201
    assert not Submission.objects.get(instance_id="uuid:1").is_current
    assert phone.send(begun, ("a.jpg", b"a")).status_code == 409
    assert len(receiver.taken) == 2


def test_it_waits_for_files_that_the_last_request_forgot(asking, phone, receiver):
    xml = filled(asking, "a.jpg")
    phone.send(xml, more=True)
    forgotten = phone.send(xml)
    assert forgotten.status_code == 422
    assert "a.jpg" in words(forgotten)
    assert receiver.taken == []
    assert phone.send(xml, ("a.jpg", b"a")).status_code == 201


def test_it_tells_a_phone_what_a_form_is_for(asking, phone):
    Asking.objects.update(purpose="لإعداد خطة التدريب.", shows_names=False)
    (form,) = ET.fromstring(phone.get("formList").content)
    told = form.findtext(f"{{{FORM_LIST}}}descriptionText", "")
    assert "لإعداد خطة التدريب." in told
    assert "لا يرى" in told


def test_it_names_nobody_in_the_journal_where_no_name_stands_beside_answers(asking, phone):
    Asking.objects.update(shows_names=False)
    phone.send(filled(asking))
    assert Entry.objects.get(action="questionnaires.submission.receive").by is None


# ── what is refused, with a sentence, and nothing stored ─────────────────────────────────────────
@pytest.mark.parametrize(
    ("said", "status", "fragment"),
    [
        ({"place": ""}, 422, "المكان"),
        ({"staff": "-1"}, 422, "لا أقل من صفر."),
        ({"staff": "three"}, 422, "three"),
        ({"form": "elsewhere-00000000"}, 404, ""),
        ({"version": "0"}, 409, "1"),
        ({"instance": ""}, 422, ""),
    ],
)
def test_it_refuses_a_form_that_its_own_rules_do_not_allow(
    asking, phone, receiver, said, status, fragment
):
    response = phone.send(filled(asking, **said))
    assert response.status_code == status
    assert fragment in words(response)
    assert not Submission.objects.exists()
    assert receiver.taken == []


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "not xml",
        "<data",
        '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><data id="x">&b;</data>',
        '<!DOCTYPE d SYSTEM "file:///etc/passwd"><data id="x"/>',
    ],
)
def test_it_refuses_what_is_no_filled_form(asking, phone, xml):
    response = phone.send(xml)
    assert response.status_code == 422
    assert words(response)
    assert not Submission.objects.exists()


def test_it_says_so_when_the_answers_are_missing(asking, phone):
    response = phone.client.post(phone.at("submission"), {"other": "x"})
    assert response.status_code == 422
    assert words(response)


def test_it_refuses_a_form_once_it_is_closed_and_takes_it_when_it_opens_again(asking, phone):
    asking_actions.close_at(key=asking.key, moment=filling.AT)
    assert phone.send(filled(asking)).status_code == 409
    assert len(ET.fromstring(phone.get("formList").content)) == 0

    asking_actions.close_at(key=asking.key, moment=None)
    assert phone.send(filled(asking)).status_code == 201


def test_it_refuses_a_form_of_a_version_that_was_withdrawn(asking, phone):
    version = asking.version
    version.state, version.withdrawn_at = "withdrawn", filling.AT
    version.save(update_fields=["state", "withdrawn_at"])
    response = phone.send(filled(asking))
    assert response.status_code == 409
    assert "سُحب" in words(response)


def test_it_stores_nothing_where_the_room_that_asked_refuses(asking, phone, receiver, monkeypatch):
    from marsad.problems import Refused

    def refuse(**_taken: object) -> None:
        raise Refused()

    monkeypatch.setattr(receiver, "take", refuse)
    assert phone.send(filled(asking)).status_code == 409
    assert not Submission.objects.exists()


def test_it_hides_what_is_not_asked_of_the_owner(asking, phone, receiver):
    receiver.asks = False
    assert phone.send(filled(asking)).status_code == 404
    assert phone.get(f"forms/{asking.key}").status_code == 404


# ── phones ───────────────────────────────────────────────────────────────────────────────────────
def test_it_shuts_a_phone_out_whose_code_was_called_back(asking, phone, basma):
    devices.revoke(key=Device.objects.get().key, by=basma, at=timezone.now())
    for response in (phone.get("formList"), phone.send(filled(asking))):
        assert response.status_code == 403
        assert "هاتف" in words(response)
    assert not Submission.objects.exists()


def test_it_shuts_a_phone_out_whose_owner_may_not_sign_in_any_more(asking, phone, basma):
    basma.is_active = False
    basma.save()
    assert phone.get("formList").status_code == 403


@pytest.mark.parametrize("secret", ["0" * 64, "F" * 64, "short", "../../admin"])
def test_it_opens_to_no_secret_it_did_not_give(db, secret):
    assert Client().get(f"/openrosa/{secret}/formList").status_code in (403, 404)


def test_it_keeps_no_secret_and_writes_none_down(asking, phone):
    device = Device.objects.get()
    assert phone.secret not in str(vars(device))
    assert not Entry.objects.filter(details__icontains=phone.secret).exists()


def test_it_remembers_when_a_phone_last_called(asking, phone):
    assert Device.objects.get().used_at is None
    phone.get("formList")
    assert Device.objects.get().used_at is not None


def test_it_keeps_the_secret_out_of_the_log(asking, phone, caplog):
    phone.send(filled(asking, place=""))
    written = io.StringIO()
    console = settings.LOGGING["handlers"]["console"]
    assert console["filters"] == ["without_secrets"]
    handler = logging.StreamHandler(written)
    handler.addFilter(security.WithoutSecrets())
    for record in caplog.records:
        handler.handle(record)
    assert "/openrosa/" in written.getvalue()
    assert phone.secret not in written.getvalue()


@pytest.mark.parametrize("path", ["formList", "submission"])
def test_it_says_in_its_own_tongue_that_a_way_is_closed(asking, phone, path):
    response = phone.client.put(phone.at(path))
    assert response.status_code == 405
    assert words(response)
