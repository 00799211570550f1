"""What the library holds before anybody adds a document: the themes, and in a demo the samples."""

from __future__ import annotations

from datetime import datetime
from importlib.resources import files

from django.db import transaction

from marsad.directory.types import OPERATOR
from marsad.library import problems
from marsad.library.actions import arrival
from marsad.library.models import Theme
from marsad.undocs import themes


@transaction.atomic
def load_reference_data(*, at: datetime) -> int:
    """Bring in the shipped list of themes; what a librarian edited stays.

    Returns how many are new.
    """
    known = set(Theme.objects.values_list("code", flat=True))
    new = [theme for theme in themes.shipped() if theme.code not in known]
    Theme.objects.bulk_create(
        Theme(
            code=theme.code,
            label_ar=theme.labels["ar"],
            label_en=theme.labels["en"],
            label_fr=theme.labels.get("fr", ""),
            keywords={language: list(words) for language, words in theme.keywords.items()},
            provisions=[dict(provision) for provision in theme.provisions],
            position=position,
        )
        for position, theme in enumerate(themes.shipped())
        if theme in new
    )
    return len(new)


def load_samples(*, at: datetime) -> int:
    """Read the sample reports of our own writing onto the shelf, at once and without a worker.

    Returns how many were added; those already there are left alone.
    """
    added = 0
    for sample in sorted(files("marsad.library").joinpath("samples").iterdir(), key=str):
        if not sample.name.endswith(".txt"):
            continue
        try:
            arrival.receive_and_read(
                data=sample.read_bytes(), name=sample.name, by=OPERATOR, at=at, is_sample=True
            )
        except (problems.AlreadyHere, problems.OnItsWay):
            continue
        added += 1
    return added
