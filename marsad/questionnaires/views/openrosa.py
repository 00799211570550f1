"""The door for phones: OpenRosa, as ODK Collect speaks it.

The secret of a phone stands in its address, because Collect sends a password only by Digest, which
needs it in clear on the server. Whoever has the secret has the phone's rights: its owner's, and no
more than answering what is asked of the owner.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from marsad.questionnaires import openrosa, problems
from marsad.questionnaires.actions import device as devices
from marsad.questionnaires.actions import submission as submissions
from marsad.questionnaires.models import Device
from marsad.questionnaires.openrosa import FormOffered, MediaOffered
from marsad.questionnaires.queries import asking as askings
from marsad.questionnaires.queries import device as device_queries
from marsad.questionnaires.types import AskingView, FileSent

#: The part of a request that holds the answers; Collect sends it with every request of a form.
ANSWERS = "xml_submission_file"
#: The part that says that more requests of the same filled form follow.
MORE = "*isIncomplete*"

_View = Callable[..., HttpResponse]


def _for_phones(view: _View) -> _View:
    """Know the phone, and speak its owner's language.

    Problems are let through: `config/problem_responses.py` says them in OpenRosa.
    """

    @wraps(view)
    def answer(request: HttpRequest, secret: str, **rest: Any) -> HttpResponse:
        device = device_queries.with_secret(secret=secret)
        if device is None:
            # Forbidden, not unauthorised: that would make Collect ask for a password nobody has.
            raise problems.DeviceShutOut()
        if device.person.language:
            translation.activate(device.person.language)
        devices.note_use(device=device, at=timezone.now())
        response = view(request, device=device, **rest)
        response.headers["X-OpenRosa-Version"] = "1.0"
        response.headers["Cache-Control"] = "no-store"
        return response

    return answer


@_for_phones
@require_safe
def form_list(request: HttpRequest, *, device: Device) -> HttpResponse:
    """The forms that the phone's owner may fill in now."""
    wanted = request.GET.get("formID")
    asked = askings.open_to(
        reader=device.person, language=translation.get_language() or "ar", at=timezone.now()
    )
    offered = [
        _offered(request, asking) for asking in asked if wanted in (None, "", asking.form_id)
    ]
    return _document(openrosa.form_list(offered))


@_for_phones
@require_safe
def form(request: HttpRequest, *, device: Device, key: str) -> HttpResponse:
    """One form, byte for byte what the list gave the hash of."""
    return _document(askings.form(reader=device.person, key=key, at=timezone.now()))


@_for_phones
@require_safe
def manifest(request: HttpRequest, *, device: Device, key: str) -> HttpResponse:
    """The files that belong to a form."""
    asking = _asking(device, key)
    files = [
        MediaOffered(
            name=name,
            content=data,
            download_url=_address(request, "openrosa_media", key=key, name=name),
        )
        for name, data, _kind in askings.media(asking)
    ]
    return _document(openrosa.manifest(files))


@_for_phones
@require_safe
def media(request: HttpRequest, *, device: Device, key: str, name: str) -> HttpResponse:
    """One file of a form."""
    asking = _asking(device, key)
    for known, data, kind in askings.media(asking):
        if known == name:
            return HttpResponse(data, content_type=kind)
    raise problems.NoSuchMedia()


@csrf_exempt
@_for_phones
@require_http_methods(["HEAD", "POST"])
def submission(request: HttpRequest, *, device: Device) -> HttpResponse:
    """Take a filled form, in one request or several; HEAD asks how large one may be."""
    if request.method == "HEAD":
        # 200 would look like the page of a hotel's network, which stands before every address.
        answer = HttpResponse(status=204)
        answer.headers["X-OpenRosa-Accept-Content-Length"] = str(settings.LARGEST_SUBMISSION)
        answer.headers["Location"] = request.build_absolute_uri(request.path)
        return answer
    if "marsad.too_large" in request.META:
        raise problems.SubmissionTooLarge(most=settings.LARGEST_SUBMISSION // 1_000_000)
    answers = request.FILES.get(ANSWERS)
    if answers is None:
        raise problems.NoAnswersSent()
    received = submissions.receive(
        xml=answers.read(),
        files=_files(request),
        more_to_come=request.POST.get(MORE, "").strip().lower() == "yes",
        by=device.person,
        device=device,
        at=timezone.now(),
    )
    if received.is_new:
        return _document(openrosa.message(_("Received. Thank you.")), status=201)
    return _document(openrosa.message(_("This had come before; it is kept once.")), status=201)


def _files(request: HttpRequest) -> list[FileSent]:
    sent: list[FileSent] = []
    for field, files in request.FILES.lists():
        if field == ANSWERS:
            continue
        sent.extend(_file(field, file) for file in files)
    return sent


def _file(field: str, file: UploadedFile[Any]) -> FileSent:
    # The field is the name as the answer has it; a form's file name may have been shortened on the
    # way.
    return FileSent(
        name=field, media_type=file.content_type or "application/octet-stream", data=file.read()
    )


def _asking(device: Device, key: str) -> AskingView:
    return askings.one(
        reader=device.person,
        key=key,
        language=translation.get_language() or "ar",
        at=timezone.now(),
    )


def _offered(request: HttpRequest, asking: AskingView) -> FormOffered:
    names = (
        _("Whoever asks sees who answered.")
        if asking.shows_names
        else _("Whoever asks does not see who answered.")
    )
    return FormOffered(
        form_id=asking.form_id,
        name=asking.title,
        version=asking.version,
        content=askings.content(asking),
        description=f"{asking.purpose} {names}".strip(),
        download_url=_address(request, "openrosa_form", key=asking.key),
        manifest_url=_address(request, "openrosa_manifest", key=asking.key)
        if askings.has_media(asking)
        else "",
    )


def _address(request: HttpRequest, view: str, /, **parts: str) -> str:
    """An absolute address of this phone's own door."""
    match = request.resolver_match
    assert match is not None
    secret = match.kwargs["secret"]
    path = reverse(f"openrosa:{view}", kwargs={"secret": secret, **parts})
    return request.build_absolute_uri(path)


def _document(xml: bytes, *, status: int = 200) -> HttpResponse:
    return HttpResponse(xml, content_type="text/xml; charset=utf-8", status=status)
