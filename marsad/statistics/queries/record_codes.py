"""The code lists: which versions there are, and what each says. Anybody may read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from marsad.statistics import problems
from marsad.statistics.models import CodeLists
from marsad.statistics.records import codebook
from marsad.statistics.records.codebook import Codebook


def versions() -> Sequence[str]:
    """The versions, the one in use first."""
    uploaded = list(CodeLists.objects.values_list("version", flat=True))
    return [*uploaded, *reversed(codebook.shipped())]


def current() -> Codebook:
    """The version that new records are read by: the last one uploaded, else our newest."""
    return version(versions()[0])


def version(name: str) -> Codebook:
    """A version of the code lists.

    :raises NoSuchCodes: if there is none of this name.
    """
    if name in codebook.shipped():
        return codebook.load(name)
    kept = CodeLists.objects.filter(version=name).first()
    if kept is None:
        raise problems.NoSuchCodes(given=name, known=", ".join(versions()))
    return codebook.from_json(kept.content)


def books() -> Mapping[str, Codebook]:
    """Every version by its name."""
    return {name: version(name) for name in versions()}
