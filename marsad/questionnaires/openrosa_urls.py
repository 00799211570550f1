"""Addresses of the door for phones, under /openrosa/, without a last stroke as Collect has it."""

from __future__ import annotations

from django.urls import path, register_converter

from marsad.questionnaires.views import openrosa


class SecretConverter:
    """The secret of a phone: 64 hexadecimal digits, so that anything else is no address at all."""

    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(SecretConverter, "secret")

app_name = "openrosa"
urlpatterns = [
    path("<secret:secret>/formList", openrosa.form_list, name="openrosa_form_list"),
    path("<secret:secret>/forms/<slug:key>", openrosa.form, name="openrosa_form"),
    path("<secret:secret>/forms/<slug:key>/manifest", openrosa.manifest, name="openrosa_manifest"),
    path(
        "<secret:secret>/forms/<slug:key>/media/<path:name>", openrosa.media, name="openrosa_media"
    ),
    path("<secret:secret>/submission", openrosa.submission, name="openrosa_submission"),
]
