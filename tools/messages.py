"""Keep the catalogue of translations: English in the sources, Arabic in `marsad/locale`.

    python tools/messages.py update         bring new messages in, keep what is translated
    python tools/messages.py untranslated   what lacks Arabic, as JSON, to be filled in
    python tools/messages.py fill FILE      take the Arabic from such a JSON file
    python tools/messages.py check          fail, and list, when anything is missing or wrong
    python tools/messages.py compile        write the .mo files that the server reads
    python tools/messages.py extract        list the messages of the sources

No gettext is needed. The file names no lines, so that a diff of it shows words.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("marsad", "config")
LOCALE = ROOT / "marsad" / "locale"
LANGUAGES = ("ar",)

#: What Arabic counts with: none, one, two, a few (3-10), many (11-99), and the hundreds.
PLURAL_FORMS = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
    "n%100>=11 && n%100<=99 ? 4 : 5);"
}
HEADER = """\
# The words of Marsad in Arabic. Edited by hand; kept in step with the sources by tools/messages.py.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""

#: Functions that mark a message, and which of their arguments hold it.
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
    # marsad.design.formatting: Formatter.counted(singular, plural, count)
    "counted": (1, 2),
}
COMMENT_TAGS = ("Translators:",)

#: Both ways of leaving a place in a sentence: %(name)s in templates, {name} in Python.
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")

Key = tuple[str | None, str]


def source_files() -> Iterator[Path]:
    """Every file of the product that a message may stand in."""
    for top in SOURCES:
        for folder, folders, names in os.walk(ROOT / top):
            folders[:] = sorted(set(folders) - {"migrations", "static", "locale", "__pycache__"})
            for name in sorted(names):
                path = Path(folder) / name
                if path.suffix == ".py" or (
                    "templates" in path.parts and path.suffix in (".html", ".txt", ".xml")
                ):
                    yield path


def extract() -> Catalog:
    """All messages of the sources."""
    catalog = Catalog(charset="utf-8", fuzzy=False)
    for path in source_files():
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(ROOT).as_posix()
        if path.suffix != ".py":
            # What is left of a template is not indented as Python would be.
            code = templatize(text, origin=name)
            text = "\n".join(line.lstrip() for line in code.splitlines())
        for _line, function, messages, comments in extract_python(
            io.BytesIO(text.encode()), list(KEYWORDS), COMMENT_TAGS, {"encoding": "utf-8"}
        ):
            _add(catalog, name=name, function=function, messages=messages, comments=comments)
    return catalog


def _add(catalog: Catalog, *, name: str, function: str, messages: Any, comments: Any) -> None:
    given = messages if isinstance(messages, tuple) else (messages,)
    places = KEYWORDS[function] or (1,)
    context: str | None = None
    ids: list[str] = []
    for place in places:
        is_context = isinstance(place, tuple)
        number = place[0] if is_context else place
        if len(given) < number or not given[number - 1]:
            return  # the message is not written out here, but passed along
        if is_context:
            context = given[number - 1]
        else:
            ids.append(given[number - 1])
    message = tuple(ids) if len(ids) > 1 else ids[0]
    catalog.add(message, context=context, locations=[(name, 0)], auto_comments=comments)


def catalogue_path(language: str) -> Path:
    """Where the words of a language are kept."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """The catalogue as it is on disk; an empty one if there is none."""
    path = catalogue_path(language)
    if not path.exists():
        header = HEADER.format(language=language, plural_forms=PLURAL_FORMS[language])
        return read_po(io.StringIO(header), locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def write(language: str, catalog: Catalog) -> None:
    """Write the catalogue sorted, without dates or lines.

    What the sources no longer say is left out: the history of the file keeps it.
    """
    out = io.BytesIO()
    write_po(
        out,
        catalog,
        width=100,
        sort_output=True,
        omit_header=True,
        include_lineno=False,
        ignore_obsolete=True,
    )
    path = catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    header = HEADER.format(language=language, plural_forms=PLURAL_FORMS[language])
    path.write_text(header + out.getvalue().decode().strip() + "\n", encoding="utf-8")


def key(message: Message) -> Key:
    """What a message is known by."""
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def entries(catalog: Catalog) -> dict[Key, Message]:
    """The messages of a catalogue by what they are known by; the header is not one."""
    return {key(message): message for message in catalog if message.id}


def update() -> int:
    """Bring the catalogue in step with the sources, keeping every translation."""
    found = extract()
    for language in LANGUAGES:
        catalog = read(language)
        catalog.update(found, no_fuzzy_matching=True, update_header_comment=False)
        for message in catalog:
            if message.id:
                _keep_forms(message, forms=catalog.num_plurals)
        write(language, catalog)
        left = len(list(lacking(catalog)))
        print(f"{language}: {len(entries(catalog))} messages, {left} without a translation.")
    return 0


def _keep_forms(message: Message, *, forms: int) -> None:
    """A message that began or ceased to count anything needs its translation anew."""
    is_plural = not isinstance(message.id, str)
    if is_plural != isinstance(message.string, (list, tuple)):
        message.string = [""] * forms if is_plural else ""


def lacking(catalog: Catalog) -> Iterator[Message]:
    """Messages with no translation, or not in every form."""
    for message in entries(catalog).values():
        given = message.string or ""
        strings = [given] if isinstance(given, str) else given
        wanted = 1 if isinstance(message.id, str) else catalog.num_plurals
        if len([string for string in strings if string]) < wanted:
            yield message


def untranslated() -> int:
    """Print what is lacking as JSON that `fill` reads back."""
    rows = []
    for message in lacking(read("ar")):
        context, words = key(message)
        row: dict[str, Any] = {"id": words}
        if context:
            row["context"] = context
        if not isinstance(message.id, str):
            row["plural"] = message.id[1]
        row["where"] = [place for place, _line in message.locations]
        row["ar"] = "" if isinstance(message.id, str) else [""] * 6
        rows.append(row)
    json.dump(rows, sys.stdout, ensure_ascii=False, indent=1)
    print()
    return 0


def fill(path: Path) -> int:
    """Take translations from a JSON file: a list of {id, context?, ar}; `ar` a text or six."""
    catalog = read("ar")
    known = entries(catalog)
    taken = 0
    for row in json.loads(path.read_text(encoding="utf-8")):
        message = known.get((row.get("context"), row["id"]))
        if message is None:
            print(f"Not among the messages: {row['id']!r}", file=sys.stderr)
        elif row["ar"] and all(row["ar"]):
            message.string = row["ar"]
            message.flags.discard("fuzzy")
            taken += 1
    write("ar", catalog)
    print(f"{taken} translations taken.")
    return 0


def compile_all() -> int:
    """Write the .mo files."""
    for language in LANGUAGES:
        with catalogue_path(language).with_suffix(".mo").open("wb") as file:
            write_mo(file, read(language))
    return 0


def faults(language: str) -> Iterator[str]:
    """Every reason why the catalogue is not fit to be read, a sentence each."""
    found, catalog = entries(extract()), read(language)
    known = entries(catalog)
    for context, words in sorted(found.keys() - known.keys(), key=str):
        yield f"not in the catalogue: {_shown(context, words)}"
    for context, words in sorted(known.keys() - found.keys(), key=str):
        yield f"no longer in the sources: {_shown(context, words)}"
    for message in catalog.obsolete.values():
        yield f"no longer in the sources: {_shown(*key(message))}"
    for message in lacking(catalog):
        yield f"not translated: {_shown(*key(message))}"
    for entry in known.values():
        if entry.fuzzy:
            yield f"marked as doubtful: {_shown(*key(entry))}"
        yield from _placeholder_faults(entry)


def _placeholder_faults(message: Message) -> Iterator[str]:
    if isinstance(message.id, str):
        wanted = placeholders(message.id)
        if message.string and placeholders(message.string) != wanted:
            yield f"other placeholders than the English: {_shown(*key(message))}"
        return
    allowed = placeholders(message.id[0]) | placeholders(message.id[1])
    for form, string in enumerate(message.string):
        has = placeholders(string)
        # «وثيقتان» needs no number beside it; the forms for three and more do.
        if string and (has - allowed or (form >= 3 and has != placeholders(message.id[1]))):
            yield f"other placeholders than the English, form {form}: {_shown(*key(message))}"


def placeholders(text: str) -> set[str]:
    """The places left in a sentence.

    >>> sorted(placeholders("%(shown)s of {total}"))
    ['%(shown)s', '{total}']
    """
    return {found.group(0) for found in PLACEHOLDER.finditer(text)}


def _shown(context: str | None, words: str) -> str:
    return f"{words!r} ({context})" if context else repr(words)


def check() -> int:
    """Say what is wrong with the catalogues; 1 when anything is."""
    wrong = [f"{language}: {fault}" for language in LANGUAGES for fault in faults(language)]
    for line in wrong:
        print(line, file=sys.stderr)
    if wrong:
        print(
            f"{len(wrong)} faults. Run `python tools/messages.py update`, then translate.",
            file=sys.stderr,
        )
    return 1 if wrong else 0


def list_extracted() -> int:
    """Print every message of the sources with the files it stands in."""
    for (context, words), message in sorted(entries(extract()).items(), key=lambda e: e[0][1]):
        places = ", ".join(sorted({place for place, _line in message.locations}))
        print(f"{_shown(context, words)}\t{places}")
    return 0


COMMANDS: dict[str, Callable[[], int]] = {
    "extract": list_extracted,
    "update": update,
    "untranslated": untranslated,
    "compile": compile_all,
    "check": check,
}


def main() -> int:
    """Do what the command line asks."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=[*COMMANDS, "fill"])
    parser.add_argument("file", nargs="?", type=Path, help="for fill: the JSON file")
    options = parser.parse_args()
    if options.command == "fill":
        if options.file is None:
            parser.error("fill needs a file")
        return fill(options.file)
    return COMMANDS[options.command]()


if __name__ == "__main__":
    sys.exit(main())
