"""A questionnaire kept as text in, the three sheets of an XLSForm out.

A folder holds

* `settings.toml`: the tables `languages` (code to the name its columns carry), `settings`, and
  `titles` (what the form is called in languages other than its default one);
* `choices.toml`: a table per list, in it a line per choice with its words by language and, where
  a `choice_filter` asks for them, further columns;
* `survey.toml`, or `survey/*.toml` read in the order of their names: `[[survey]]` once per row;
* `patterns.toml`, where some rows return again and again: a list of rows per name.

A row of the survey names its columns as XLSForm does. What is translated is a table by language
(`label.ar`, `label.en`); `marsad.concept` is the column `bind::marsad:concept`. A row that says
`use = "obligation"` stands for the rows of that pattern, in which `<id>` or `<title>` is
replaced by what the row gives under that name: in a translated column by the words of the
language at hand.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Row = dict[str, str]

#: What people read, and so has a column per language.
TRANSLATED = ("label", "hint", "guidance_hint", "constraint_message", "required_message")
#: `<id>`, `<title>`: what a use of a pattern fills in. `. <= today()` is none.
PLACE = re.compile(r"<([a-z_]+)>")


@dataclass(frozen=True, kw_only=True)
class Sheets:
    """An XLSForm, sheet by sheet; the columns of a sheet are the keys of its rows."""

    survey: tuple[Row, ...]
    choices: tuple[Row, ...]
    settings: tuple[Row, ...]
    #: Language code to the name that columns carry: {"ar": "العربية (ar)"}.
    languages: Mapping[str, str]

    def named(self) -> Mapping[str, tuple[Row, ...]]:
        """The sheets by the names a workbook gives them."""
        return {"survey": self.survey, "choices": self.choices, "settings": self.settings}


def read_folder(folder: Path) -> Sheets:
    """Read one questionnaire from its folder."""
    about = _table(folder / "settings.toml")
    languages: dict[str, str] = about["languages"]
    patterns = _table(folder / "patterns.toml")
    rows = (row for part in _survey_files(folder) for row in _table(part).get("survey", ()))
    return Sheets(
        survey=tuple(_columns(row, languages) for row in _spread(rows, patterns)),
        choices=tuple(_choices(_table(folder / "choices.toml"), languages)),
        settings=({**_columns(about["settings"], languages), **_titles(about, languages)},),
        languages=languages,
    )


def _table(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _survey_files(folder: Path) -> list[Path]:
    return sorted([*folder.glob("survey.toml"), *folder.glob("survey/*.toml")])


def _spread(
    rows: Iterable[Mapping[str, Any]], patterns: Mapping[str, list[Mapping[str, Any]]]
) -> Iterator[Mapping[str, Any]]:
    """Put in place of every use of a pattern the rows it stands for."""
    for row in rows:
        if "use" not in row:
            yield row
            continue
        for each in patterns[row["use"]]:
            yield {name: _filled(value, row) for name, value in each.items()}


def _filled(value: Any, given: Mapping[str, Any], language: str = "") -> Any:
    """`value` with every place filled from `given`; what is translated, language by language."""
    if isinstance(value, str):
        return PLACE.sub(lambda place: _word(given[place[1]], language), value)
    if isinstance(value, Mapping):
        return {name: _filled(item, given, name) for name, item in value.items()}
    return value


def _word(word: Any, language: str) -> str:
    return str(word[language] if isinstance(word, Mapping) else word)


def _columns(row: Mapping[str, Any], languages: Mapping[str, str]) -> Row:
    """A row of a file as a row of a sheet: a column per language, `yes` for true."""
    columns: Row = {}
    for key, value in row.items():
        if key in TRANSLATED:
            columns |= {f"{key}::{languages[code]}": words for code, words in value.items()}
        elif key == "marsad":
            columns |= {f"bind::marsad:{name}": words for name, words in value.items()}
        elif isinstance(value, bool):
            columns[key] = "yes" if value else "no"
        else:
            columns[key] = str(value)
    return {name: words.strip() for name, words in columns.items() if words.strip()}


def _titles(about: Mapping[str, Any], languages: Mapping[str, str]) -> Row:
    """Further titles: `heading::…`, since pyxform breaks on `form_title::…` and ignores this."""
    return {f"heading::{languages[code]}": title for code, title in about.get("titles", {}).items()}


def _choices(
    lists: Mapping[str, Mapping[str, Mapping[str, Any]]], languages: Mapping[str, str]
) -> Iterator[Row]:
    for list_name, choices in lists.items():
        for name, said in choices.items():
            row = {"list_name": list_name, "name": name}
            for key, value in said.items():
                row[f"label::{languages[key]}" if key in languages else key] = str(value)
            yield row
