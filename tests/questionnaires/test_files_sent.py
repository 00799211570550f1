"""What comes with a filled form, and what it is looked up in, is judged by its bytes."""

from __future__ import annotations

import pytest

from marsad.directory.models import Person
from marsad.questionnaires import problems
from marsad.questionnaires.actions import submission
from marsad.questionnaires.models import Asking, Attachment, Submission
from marsad.questionnaires.types import FileSent
from tests.questionnaires import filling

pytestmark = pytest.mark.django_db

SURVEY = [
    {"type": "select_one_from_file towns.csv", "name": "town", **filling.said("أ", "b", "c")},
    {"type": "image", "name": "photo", **filling.said("صورة", "Photo", "Photo")},
    {"type": "audio", "name": "voice", **filling.said("صوت", "Voice", "Voix")},
]
TOWNS = "name,label\ndara,دارا\n".encode()
JPEG = b"\xff\xd8\xff\xe0"
MP4 = b"\0\0\0\x18ftypisom"


def sent(by: Person, *files: FileSent, **said: str) -> None:
    form_id = f"files{Asking.objects.count()}"
    form = filling.compiled(SURVEY, [], form_id=form_id)
    version = filling.version_of(form, form_id=form_id, media={"towns.csv": TOWNS})
    asking = Asking.objects.get(key=filling.asked(version))
    answers = "".join(f"<{name}>{text}</{name}>" for name, text in said.items())
    with filling.Receiving(filling.Everybody()):
        submission.receive(
            xml=f'<data id="{form_id}-{asking.key}" version="1">{answers}'
            f"<meta><instanceID>uuid:{form_id}</instanceID></meta></data>".encode(),
            files=files,
            by=by,
            at=filling.AT,
        )


def test_it_takes_only_what_the_file_of_the_form_offers(basma: Person) -> None:
    sent(basma, town="dara")
    with pytest.raises(problems.BadAnswers):
        sent(basma, town="elsewhere")

    assert Submission.objects.count() == 1


@pytest.mark.parametrize("data", [b"<html><script>", b"MZ\x90\0", b""])
def test_it_refuses_a_picture_that_is_none(data: bytes, basma: Person) -> None:
    with pytest.raises(problems.FileOfWrongKind):
        sent(basma, FileSent(name="p.jpg", media_type="image/jpeg", data=data), photo="p.jpg")

    assert not Submission.objects.exists()


def test_it_keeps_the_kind_that_the_bytes_tell(basma: Person) -> None:
    sent(basma, FileSent(name="p.jpg", media_type="text/html", data=JPEG), photo="p.jpg")

    assert Attachment.objects.get().media_type == "image/jpeg"


def test_it_takes_a_picture_for_no_sound(basma: Person) -> None:
    with pytest.raises(problems.BadAnswers):
        sent(basma, FileSent(name="p.jpg", media_type="audio/mp4", data=JPEG), voice="p.jpg")


def test_it_hears_a_sound_in_the_container_of_films(basma: Person) -> None:
    sent(basma, FileSent(name="v.3gp", media_type="audio/3gpp", data=MP4), voice="v.3gp")

    assert Attachment.objects.get().media_type == "audio/mp4"
