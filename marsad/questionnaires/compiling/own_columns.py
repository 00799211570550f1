"""Our own columns, `bind::marsad:…`: the provision a question serves, how it binds, its themes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

#: The prefix of our columns, and what it stands for in the XForm.
PREFIX = "marsad"
COLUMNS = ("provision", "obligation", "themes", "concept")
OBLIGATIONS = ("mandatory", "optional")

_PROVISION = re.compile(
    r"(?P<instrument>[A-Za-z][A-Za-z0-9_-]{1,19})"
    r"(?:\s+(?:art\.?\s*)?(?P<article>\d{1,3}(?:\s?(?:bis|ter))?)"
    r"(?P<parts>(?:\s?\([0-9A-Za-z]{1,4}\)|\.[0-9a-z]{1,4})*))?"
)
_PART = re.compile(r"[0-9A-Za-z]+")
_CODE = re.compile(r"[a-z0-9][a-z0-9._-]{0,119}")


@dataclass(frozen=True, kw_only=True)
class Served:
    """A provision, in parts."""

    instrument: str
    article: str = ""
    #: As printed: `2 (a)`; empty for the whole article.
    paragraph: str = ""


def provisions(written: str) -> list[Served] | None:
    """Provisions with semicolons between them; None where one cannot be read.

    >>> provisions("TIP 6(2)(a); UNTOC 25")[0]
    Served(instrument='TIP', article='6', paragraph='2 (a)')
    """
    found = [_provision(part.strip()) for part in re.split("[;؛\n]", written) if part.strip()]
    known = [each for each in found if each is not None]
    return known if len(known) == len(found) else None


def _provision(written: str) -> Served | None:
    match = _PROVISION.fullmatch(written)
    if match is None:
        return None
    parts = _PART.findall(match["parts"] or "")
    if parts and parts[0].isdigit():
        paragraph = " ".join([parts[0], *(f"({part})" for part in parts[1:])])
    else:
        paragraph = " ".join(f"({part})" for part in parts)
    return Served(
        instrument=match["instrument"], article=match["article"] or "", paragraph=paragraph
    )


def codes(written: str) -> list[str] | None:
    """Codes with commas, semicolons or spaces between them; None where one is no code."""
    found = [part for part in re.split(r"[,;،؛\s]+", written.strip()) if part]
    return found if all(_CODE.fullmatch(part) for part in found) else None


def obligation(written: str) -> str | None:
    """`mandatory`, `optional` or nothing; None for anything else."""
    said = written.strip().casefold()
    return said if said in ("", *OBLIGATIONS) else None


@dataclass(frozen=True, kw_only=True)
class Serves:
    """What our columns say of one question."""

    provisions: tuple[Served, ...] = ()
    obligation: str = ""
    themes: tuple[str, ...] = ()
    concept: str = ""


def serves(extras: Mapping[str, str]) -> Serves:
    """What our columns say; they were checked before."""
    return Serves(
        provisions=tuple(provisions(extras.get("provision", "")) or ()),
        obligation=obligation(extras.get("obligation", "")) or "",
        themes=tuple(codes(extras.get("themes", "")) or ()),
        concept=next(iter(codes(extras.get("concept", "")) or ()), ""),
    )
