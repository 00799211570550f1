"""A PDF is opened in a process of its own, which may fail without taking this one with it."""

from __future__ import annotations

import dataclasses
import sys

import pytest
from samples import any_pdf, empty_pdf

from marsad.reading import errors
from marsad.reading.pdf import apart, document
from marsad.reading.result import Limits


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


@pytest.mark.parametrize("death", ["import os; os.abort()", "print('{}', end='')", "1 / 0"])
def test_it_survives_a_reader_that_falls_over(death, monkeypatch):
    monkeypatch.setattr(apart, "_WORKER", (sys.executable, "-c", death))
    with pytest.raises(errors.TooHeavy):
        apart.pdf_pages(any_pdf(), name="a.pdf", limits=Limits())
    with pytest.raises(errors.TooHeavy):
        apart.picture_of_page(any_pdf(), 0, name="a.pdf", dpi=50, pixels=1_000)
