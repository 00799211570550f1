"""How large a file may come in."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory
from pytest_django import Settings

Post = Callable[..., HttpRequest]


@pytest.fixture
def posted() -> Iterator[Post]:
    requests = []

    def post(*sizes: int) -> HttpRequest:
        files = [SimpleUploadedFile(f"{size}.txt", b"x" * size) for size in sizes]
        requests.append(RequestFactory().post("/", {"file": files, "word": "kept"}))
        return requests[-1]

    yield post
    for request in requests:
        request.close()


@pytest.fixture(autouse=True)
def _small(settings: Settings) -> None:
    settings.LARGEST_DOCUMENT = 200_000


def test_it_takes_files_up_to_the_limit(posted: Post) -> None:
    request = posted(200_000, 10)
    assert [file.size for file in request.FILES.getlist("file")] == [200_000, 10]
    assert "marsad.too_large" not in request.META


def test_it_keeps_just_enough_of_a_large_file_to_know_that_it_is(posted: Post) -> None:
    (told,) = posted(500_000).FILES.getlist("file")
    assert 200_000 < len(told.read()) < 300_000
    assert told.size == 500_000


def test_it_keeps_nothing_of_a_request_that_is_too_large(posted: Post) -> None:
    request = posted(700_000, 700_000)
    assert request.FILES.getlist("file") == []
    assert request.META["marsad.too_large"] > 1_400_000
