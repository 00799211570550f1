"""Keep the generated parts of `docs/reference` in step with the code.

    python tools/reference.py write    write them anew, in place
    python tools/reference.py check    fail, and name the pages, when one is out of step

Generated are the commands and their options, the codes of problems, the paths of the API and the
keys of a document's structure. They stand between two marks on their page; the words around the
marks are written by hand and left alone. No database is needed.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import io
import os
import pkgutil
import re
import sys
import tokenize
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest import mock

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"

#: Options that Django gives every command; they are told once, by hand.
_OF_DJANGO = {
    *("help", "version", "verbosity", "settings", "pythonpath", "traceback"),
    *("no_color", "force_color", "skip_checks"),
}
#: Modules that act when they are imported, or that hold nothing to be found.
_NOT_IMPORTED = re.compile(r"\.(migrations|management|wsgi|__main__)(\.|$)")


def prepare() -> None:
    """Wake Django without a database."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()


# ── commands ─────────────────────────────────────────────────────────────────────────────────────
def house_commands() -> list[str]:
    """The names of Marsad's own commands, such as `library`."""
    from django.core.management import get_commands

    ours = (name for name, app in get_commands().items() if app.startswith(("marsad", "config")))
    return sorted(ours)


def engine_commands() -> list[str]:
    """The engines that answer `python -m`, such as `marsad.undocs`."""
    return sorted(
        f"marsad.{found.parent.name}" for found in (ROOT / "marsad").glob("*/__main__.py")
    )


def commands() -> str:
    """Every command with its arguments."""
    from django.core.management import get_commands, load_command_class
    from django.utils import translation

    pieces: list[str] = []
    with translation.override("en"):
        apps = get_commands()
        for name in house_commands():
            command = load_command_class(str(apps[name]), name)
            pieces += _told(command.create_parser("marsad", name), f"marsad {name}")
        for module in engine_commands():
            pieces += _told(_parser_of(module), f"python -m {module}")
    return "\n\n".join(pieces)


def _told(parser: argparse.ArgumentParser, called: str) -> list[str]:
    """A heading, what it does and its arguments; then the same for each subcommand."""
    below = [each for each in parser._actions if isinstance(each, argparse._SubParsersAction)]
    plain = [
        each
        for each in parser._actions
        if each not in below and each.dest not in _OF_DJANGO and each.help != argparse.SUPPRESS
    ]
    described = _one_line(parser.description or "")
    pieces = [f"### `{' '.join([called, *_signature(plain)])}`"]
    pieces += [described] if described else []
    pieces += [_arguments(plain)] if plain else []
    for action in below:
        helps = {choice.dest: choice.help for choice in action._choices_actions}
        for name, parser_below in action.choices.items():
            parser_below.description = parser_below.description or helps.get(name)
            pieces += _told(parser_below, f"{called} {name}")
    return pieces


def _signature(actions: list[argparse.Action]) -> list[str]:
    positional = [_names(action) for action in actions if not action.option_strings]
    return positional + (["[…]"] if any(action.option_strings for action in actions) else [])


def _arguments(actions: list[argparse.Action]) -> str:
    rows = ["| argument | what it is |", "| --- | --- |"]
    for action in actions:
        rows.append(f"| `{_cell(_names(action))}` | {_cell(_says(action)) or ' '} |")
    return "\n".join(rows)


def _names(action: argparse.Action) -> str:
    shown = str(action.metavar or action.dest.upper())
    if not action.option_strings:
        return {"+": f"{shown}…", "?": f"[{shown}]"}.get(str(action.nargs), shown)
    return action.option_strings[-1] + ("" if action.nargs == 0 else f" {shown}")


def _says(action: argparse.Action) -> str:
    said = [_one_line(action.help or "")]
    if action.choices:
        said.append("one of " + ", ".join(f"`{choice}`" for choice in action.choices if choice))
    if action.required and action.option_strings:
        said.append("must be given")
    if action.default not in (None, "", False, [], argparse.SUPPRESS) and action.option_strings:
        said.append(f"`{action.default}` when not given")
    return "; ".join(filter(None, said))


class _Caught(BaseException):
    """Carries the parser out of a command's own main."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self.parser = parser


def _parser_of(module: str) -> argparse.ArgumentParser:
    """The parser that the main of an engine builds, without running the engine."""

    def catch(parser: argparse.ArgumentParser, *_given: Any, **_named: Any) -> None:
        raise _Caught(parser)

    main: Callable[[], object] = importlib.import_module(f"{module}.__main__").main
    with mock.patch.object(argparse.ArgumentParser, "parse_args", catch):
        try:
            main()
        except _Caught as caught:
            return caught.parser
    raise LookupError(f"{module} parses no arguments")


# ── problems ─────────────────────────────────────────────────────────────────────────────────────
def problem_kinds() -> list[Any]:
    """Every class of problem the house knows, in order of its code."""
    from marsad.problems import Problem

    for _module in _modules():
        pass

    def below(kind: Any) -> Iterator[Any]:
        for each in kind.__subclasses__():
            yield each
            yield from below(each)

    known = (kind for kind in below(Problem) if kind.__module__.startswith(("marsad", "config")))
    return sorted({kind.code: kind for kind in known}.values(), key=lambda kind: kind.code)


def _modules() -> Iterator[ModuleType]:
    for package in ("marsad", "config"):
        root = importlib.import_module(package)
        for found in pkgutil.walk_packages(root.__path__, prefix=f"{package}."):
            if not _NOT_IMPORTED.search(found.name):
                yield importlib.import_module(found.name)


def problems() -> str:
    """A table of codes, how each leaves the API, and its sentence."""
    from config.problem_responses import status_of

    rows = ["| code | status | sentence |", "| --- | --- | --- |"]
    for kind in problem_kinds():
        status = status_of(kind.__new__(kind))
        rows.append(f"| `{kind.code}` | {status} | {_cell(_one_line(str(kind.says)))} |")
    return "\n".join(rows)


# ── API ──────────────────────────────────────────────────────────────────────────────────────────
def api_paths() -> list[tuple[str, str, dict[str, Any]]]:
    """Method, path and description of each operation."""
    from config.api import api

    schema = api.get_openapi_schema(path_prefix="/api/v1")
    return sorted(
        (path, method.upper(), dict(operation))
        for path, operations in schema["paths"].items()
        for method, operation in operations.items()
    )


def api() -> str:
    """A table of the operations, with their parameters."""
    rows = ["| operation | what it answers | parameters |", "| --- | --- | --- |"]
    for path, method, operation in api_paths():
        asked = ", ".join(
            f"`{each['name']}`" for each in operation.get("parameters", []) if each["in"] == "query"
        )
        says = _one_line(operation.get("description") or operation.get("summary") or "")
        rows.append(f"| `{method} {_slashed(path)}` | {_cell(says)} | {asked or ' '} |")
    return "\n".join(rows)


def _slashed(path: str) -> str:
    return re.sub("/{2,}", "/", path)


# ── structure ────────────────────────────────────────────────────────────────────────────────────
def structure() -> str:
    """The records of a structure and what each key holds, from the comments beside them."""
    source = (ROOT / "marsad" / "undocs" / "types.py").read_text(encoding="utf-8")
    comments = _comments(source)
    classes = [node for node in ast.parse(source).body if isinstance(node, ast.ClassDef)]
    classes.sort(key=lambda node: node.name != "Structure")  # the whole first, then its parts
    return "\n\n".join(_record(node, comments) for node in classes)


def _comments(source: str) -> dict[int, str]:
    """Line → the `#:` comment that stands on it."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {
        token.start[0]: token.string[2:].strip()
        for token in tokens
        if token.type == tokenize.COMMENT and token.string.startswith("#:")
    }


def _record(node: ast.ClassDef, comments: dict[int, str]) -> str:
    rows = ["| key | kind | what it holds |", "| --- | --- | --- |"]
    for field in node.body:
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            kind = _cell(ast.unparse(field.annotation).replace(", ...", " …"))
            says = _cell(_above(field.lineno, comments))
            rows.append(f"| `{field.target.id}` | `{kind}` | {says} |")
    return f"### {node.name}\n\n{_one_line(ast.get_docstring(node) or '')}\n\n" + "\n".join(rows)


def _above(line: int, comments: dict[int, str]) -> str:
    said: list[str] = []
    while (line := line - 1) in comments:
        said.insert(0, comments[line])
    return " ".join(said)


# ── pages ────────────────────────────────────────────────────────────────────────────────────────
#: Page → what is generated into it.
PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands,
    "problems.md": problems,
    "api.md": api,
    "structure.md": structure,
}
_BEGIN = "<!-- generated by tools/reference.py: change the code, not the lines below -->"
_END = "<!-- end of what is generated -->"


def page(name: str) -> str:
    """The page as it ought to be: words by hand, and the generated part between its marks."""
    written = (REFERENCE / name).read_text(encoding="utf-8")
    before, begin, rest = written.partition(_BEGIN)
    _old, end, after = rest.partition(_END)
    if not (begin and end):
        raise LookupError(f"docs/reference/{name} lacks the marks around its generated part")
    return f"{before}{_BEGIN}\n\n{PAGES[name]()}\n\n{_END}{after}"


def out_of_step() -> list[str]:
    """The pages that the code has moved away from."""
    return [name for name in PAGES if page(name) != (REFERENCE / name).read_text(encoding="utf-8")]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> int:
    """Write the pages, or say which are out of step."""
    parser = argparse.ArgumentParser(description="Generated parts of docs/reference.")
    parser.add_argument("what", choices=["write", "check"])
    what = parser.parse_args().what
    prepare()
    late = out_of_step()
    for name in late:
        if what == "write":
            (REFERENCE / name).write_text(page(name), encoding="utf-8")
            print(f"docs/reference/{name} written")
        else:
            print(f"docs/reference/{name} is out of step with the code", file=sys.stderr)
    if late and what == "check":
        print("Run: python tools/reference.py write", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
