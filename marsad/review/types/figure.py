"""Figures: a question to the answers as data, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

#: Of whom a share is taken. `invited`: all States of the round. `replied`: those that sent a reply.
#: `asked`: those of them whom the form asked this question, by their earlier answers.
Among = Literal["invited", "replied", "asked"]


@dataclass(frozen=True, kw_only=True)
class Query:
    """How many States answered so: a figure before it is counted. Kept as data, never as a number.

    With no path it counts States by their standing: that replied, that replied late, that declined.
    """

    #: Path of the question; empty for the register itself.
    path: str = ""
    #: An answer counts if it has one of these values; any answer counts where there are none.
    values: tuple[str, ...] = ()
    among: Among = "replied"
    #: Codes of standings, for a query without a path: `answered`, `late`, `declined`.
    standings: tuple[str, ...] = ()
    #: Code of a regional group of the United Nations that it is limited to; empty for all.
    region: str = ""
    #: Code of a theme: counts States with a passage so coded. With a theme, `path` may be empty.
    theme: str = ""
    #: Key of an earlier round: counts States that answer so now and did not then.
    changed_since: str = ""

    def as_data(self) -> dict[str, Any]:
        """For JSON, without what is empty."""
        data = {
            "path": self.path,
            "values": list(self.values),
            "among": self.among,
            "standings": list(self.standings),
            "region": self.region,
            "theme": self.theme,
            "changed_since": self.changed_since,
        }
        return {name: value for name, value in data.items() if value}

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Query:
        """The query that `as_data` wrote."""
        return cls(
            path=str(data.get("path", "")),
            values=tuple(data.get("values", ())),
            among=data.get("among", "replied"),
            standings=tuple(data.get("standings", ())),
            region=str(data.get("region", "")),
            theme=str(data.get("theme", "")),
            changed_since=str(data.get("changed_since", "")),
        )


@dataclass(frozen=True, kw_only=True)
class Figure:
    """“n of N States”, with the list behind it.

    What is not known stays in N: `n + otherwise + not_known + withheld == of`.
    """

    query: Query
    #: States that answered so, and of how many.
    n: int
    of: int
    #: Those that answered otherwise.
    otherwise: int
    #: Those that gave no answer, or said that they do not know.
    not_known: int
    #: Those whose answer is for the Secretariat only, and so in no public figure.
    withheld: int
    #: ISO codes of the n, as far as the reader may know who they are; `unnamed` counts the others.
    states: Sequence[str]
    unnamed: int
    #: The moment whose answers were counted.
    at: datetime

    def as_data(self) -> dict[str, Any]:
        """For JSON and for freezing."""
        return {
            "query": self.query.as_data(),
            "n": self.n,
            "of": self.of,
            "otherwise": self.otherwise,
            "not_known": self.not_known,
            "withheld": self.withheld,
            "states": list(self.states),
            "unnamed": self.unnamed,
            "at": self.at.isoformat(),
        }


@dataclass(frozen=True, kw_only=True)
class Row:
    """One choice of a question, and how many States took it."""

    #: As the form writes it, and as the reader says it.
    value: str
    label: str
    figure: Figure
    #: The same within regional groups, by code, where that was asked for.
    by_region: Sequence[tuple[str, Figure]] = ()
    #: Those that answer so now and answered otherwise in an earlier round.
    changed: Figure | None = None


@dataclass(frozen=True, kw_only=True)
class Table:
    """What States answered to a question with choices.

    Where one value can be chosen, the rows, those that gave no answer and those withheld are `of`.
    """

    #: Path and words of the question, and the language that the words are in.
    path: str
    label: str
    language: str
    #: `select_one`, `select_multiple` …
    kind: str
    concept: str
    #: Of whom the shares are taken.
    among: Among
    rows: Sequence[Row]
    #: Of how many States; how many of them gave no answer, and whose answer is withheld.
    of: int
    no_answer: int
    withheld: int
    at: datetime


__all__ = ["Among", "Figure", "Query", "Row", "Table"]
