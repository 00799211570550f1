"""A PDF is opened in a process of its own, which may fail without taking this one with it."""

from __future__ import annotations

import dataclasses
import sys

import pytest

from marsad.reading import errors
from marsad.reading.pdf import apart, document
from marsad.reading.result import Limits
from tests.reading.samples import any_pdf, empty_pdf


def test_it_reads_the_same_apart_as_here():
    data, told = any_pdf(), []

    found = apart.pdf_pages(
        data, name="a.pdf", limits=Limits(), progress=lambda done, pages: told.append((done, pages))
    )

    assert found == document.pdf_pages(data, name="a.pdf", limits=Limits())
    assert told == [(1, 1)]


def test_it_draws_the_same_apart_as_here():
    data = any_pdf()
    wanted = document.picture_of_page(data, 0, name="a.pdf", dpi=50, pixels=1_000_000)

    found = apart.picture_of_page(data, 0, name="a.pdf", dpi=50, pixels=1_000_000)

    assert found.size == wanted.size
    assert found.tobytes() == wanted.convert("L").tobytes()


def test_it_brings_back_the_problem_that_was_met():
    with pytest.raises(errors.TooManyPages) as met:
        apart.pdf_pages(empty_pdf(3), name="a.pdf", limits=dataclasses.replace(Limits(), pages=2))
    assert met.value.details == {"name": "a.pdf", "pages": 3, "limit": 2}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process")
def test_it_refuses_what_takes_too_much_memory():
    tight = dataclasses.replace(Limits(), memory=1024 * 1024)
    with pytest.raises(errors.TooHeavy) as met:
        apart.pdf_pages(any_pdf() + bytes(8_000_000), name="a.pdf", limits=tight)
    assert met.value.details == {"name": "a.pdf", "megabytes": 1}


def test_it_refuses_what_takes_too_long():
    hasty = dataclasses.replace(Limits(), page_seconds=0.001)
    with pytest.raises(errors.TookTooLong) as met:
        apart.pdf_pages(any_pdf(), name="a.pdf", limits=hasty)
    assert met.value.details["page"] == 1


READY = """import os; os.write(1, b'{"ready": true}\\n'); """


@pytest.mark.parametrize("death", ["os.abort()", "print('{}', end='')", "1 / 0"])
def test_it_survives_a_reader_that_falls_over(death, monkeypatch):
    monkeypatch.setattr(apart, "_WORKER", (sys.executable, "-c", READY + death))
    with pytest.raises(errors.TooHeavy):
        apart.pdf_pages(any_pdf(), name="a.pdf", limits=Limits())
    with pytest.raises(errors.TooHeavy):
        apart.picture_of_page(any_pdf(), 0, name="a.pdf", dpi=50, pixels=1_000)


@pytest.mark.parametrize("death", ["import os; os.abort()", "print('{}', end='')", "1 / 0"])
def test_it_blames_no_document_when_the_reader_does_not_start(death, monkeypatch):
    monkeypatch.setattr(apart, "_WORKER", (sys.executable, "-c", death))
    with pytest.raises(apart.DidNotStart):
        apart.pdf_pages(any_pdf(), name="a.pdf", limits=Limits())
    with pytest.raises(apart.DidNotStart):
        apart.picture_of_page(any_pdf(), 0, name="a.pdf", dpi=50, pixels=1_000)


def test_it_hands_the_reader_none_of_our_secrets(monkeypatch):
    for name in ("DATABASE_URL", "MARSAD_SECRET_KEY", "EMAIL_HOST_PASSWORD", "HOME"):
        monkeypatch.setenv(name, "secret")
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    tells = "import json; print(json.dumps({'pages': [repr(dict(os.environ))], 'letters': 0}))"
    monkeypatch.setattr(apart, "_WORKER", (sys.executable, "-c", READY + tells))

    told = apart.pdf_pages(any_pdf(), name="a.pdf", limits=Limits()).pages[0]

    assert "secret" not in told
    assert "/somewhere" in told
    assert "PATH" in told


@pytest.mark.skipif(sys.platform != "linux", reason="only POSIX bounds the seconds of a process")
def test_it_ends_a_reader_whose_seconds_at_work_are_spent(monkeypatch):
    works = """
from marsad.reading.pdf import worker
def never_ends(*args, **told):
    while True: pass
worker.pdf_pages = never_ends
worker.main()
"""
    monkeypatch.setattr(apart, "_WORKER", (sys.executable, "-c", works))
    monkeypatch.setattr(apart._Worker, "_too_late", lambda self: None)
    hasty = dataclasses.replace(Limits(), page_seconds=0.1)

    with pytest.raises(errors.TookTooLong):
        apart.pdf_pages(any_pdf(), name="a.pdf", limits=hasty)
