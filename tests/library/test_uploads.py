"""What comes in by a form, and how large it was."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from marsad import reading
from marsad.library.models import Arrival


@pytest.fixture(autouse=True)
def _small(settings, monkeypatch):
    settings.LARGEST_DOCUMENT = 1024 * 1024
    monkeypatch.setattr(reading, "Limits", lambda: SimpleNamespace(size=1024 * 1024))


def drop(client, megabytes):
    return client.post(
        reverse("library:add"),
        {
            "file": SimpleUploadedFile("large.txt", b"x" * (megabytes * 1024 * 1024)),
            "access": "public",
        },
        headers={"X-Requested-With": "drop-zone", "Accept-Language": "en"},
    ).content.decode()


def test_it_tells_the_true_size_of_a_file_that_is_too_large(reference_data, client_of, amal):
    assert "is 3 MB; a document may have at most 1 MB" in drop(client_of(amal), 3)
    assert not Arrival.objects.exists()


def test_it_says_when_everything_together_is_too_large(reference_data, client_of, amal):
    assert "too large to take in at once" in drop(client_of(amal), 5)
