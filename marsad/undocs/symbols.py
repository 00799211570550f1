"""Document symbols: one symbol names a document in all six languages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .digits import to_latin

#: A part after a slash: "COP", "WG.4", "CN.15", "2019", "L.1", "Add.3", "8(SUPP)".
_PART = r"(?:[A-Z][A-Za-z]{0,9}(?:\.[0-9A-Z]{1,5}(?:-\d{1,3})?)*|\d{1,4}(?:\([A-Z]{1,4}\))?)"

#: A symbol in running text: at least one slash and one digit, not inside an address such as
#: "http://x.org/AEP/1.pdf". One-letter organs are the four principal ones, so "I/2" is none.
SYMBOL = re.compile(
    r"(?<![A-Za-z0-9/:%_-])(?<![A-Za-z0-9]\.)(?=[A-Za-z./()-]{1,40}\d)"
    rf"(?:[A-Z]{{2,8}}|[AEST])(?:/{_PART}){{1,8}}(?![A-Za-z0-9/%_])"
)

_MODIFIERS = ("Add", "Corr", "Rev", "Amend", "Summary", "Excerpt", "Resumption")
_KINDS = ("L", "CRP", "INF", "WP", "RES", "DEC", "PV", "SR", "NGO", "PRST", "MIN", "PET")


@dataclass(frozen=True, kw_only=True)
class Symbol:
    """A document symbol taken apart."""

    #: The whole, canonical: "CTOC/COP/WG.4/2019/L.1/Add.3".
    text: str
    #: The series it opens with: "CTOC".
    organ: str
    #: Subsidiary bodies: ("COP", "WG.4").
    bodies: tuple[str, ...]
    #: Session or year: "2019", "63"; None where there is none.
    session: str | None
    #: What kind of paper: "L.1", "INF", "RES"; None for a plain number.
    kind: str | None
    #: Number in its series: "6", "90"; None where the kind carries it.
    number: str | None
    #: Later changes to the paper: ("Add.3",).
    modifiers: tuple[str, ...]

    @property
    def base(self) -> str:
        """The symbol of the paper that this one adds to or corrects.

        >>> parse_symbol("A/63/90/Corr.1").base
        'A/63/90'
        """
        tail = "/".join(self.modifiers)
        return self.text[: -len(tail) - 1] if tail else self.text


def normalise_symbol(text: str) -> str:
    """Write a symbol in its one canonical form: Latin digits, no spaces, no brackets around it.

    >>> normalise_symbol("(ctoc/cop/wg.4/2019/6).")
    'CTOC/COP/WG.4/2019/6'
    """
    bare = re.sub(r"[\s\u200e\u200f\u202a-\u202e\u2066-\u2069]+", "", to_latin(text))
    bare = bare.strip("().[]*،,;؛:")
    return "/".join(_normal_part(part) for part in bare.split("/"))


def _normal_part(part: str) -> str:
    word = part.split(".")[0]
    for known in _MODIFIERS:
        if word.lower() == known.lower():
            return known + part[len(word) :]
    return part if word == "Sub" else part.upper()


def parse_symbol(text: str) -> Symbol | None:
    """Take a symbol apart; None when `text` is not one.

    >>> parse_symbol("E/CN.15/2008/10").bodies
    ('CN.15',)
    """
    canonical = normalise_symbol(text)
    if not SYMBOL.fullmatch(canonical):
        return None
    organ, *rest = canonical.split("/")
    modifiers: list[str] = []
    while rest and rest[-1].split(".")[0] in _MODIFIERS:
        modifiers.insert(0, rest.pop())
    bodies: list[str] = []
    session = kind = number = None
    for part in rest:
        word = part.split(".")[0]
        if word in _KINDS:
            kind = part
        elif not part[0].isdigit():
            bodies.append(part)
        elif session is None and kind not in ("PV", "SR"):
            session = part
        else:
            number = part
    return Symbol(
        text=canonical,
        organ=organ,
        bodies=tuple(bodies),
        session=session,
        kind=kind,
        number=number,
        modifiers=tuple(modifiers),
    )


def find_symbols(text: str) -> list[str]:
    """Every symbol named in `text`, canonical, in order, each once."""
    found: dict[str, None] = {}
    for match in SYMBOL.finditer(text):
        found.setdefault(normalise_symbol(match.group()), None)
    return list(found)
