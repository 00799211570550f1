"""The documentation keeps step with the code: nothing is missing from it, and no link is broken."""

from __future__ import annotations

import importlib.util
import re
import subprocess
from functools import cache
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"

#: `[words](target)` and `![words](target)`, without what stands in code.
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
#: How `config/settings.py` asks the environment.
SETTING = re.compile(r"""(?:environ(?:\.get\(|\[)|env_\w+\()\s*["']([A-Z_]+)["']""")


@cache
def reference() -> ModuleType:
    """`tools/reference.py`, which knows what there is."""
    spec = importlib.util.spec_from_file_location("reference", ROOT / "tools" / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _page(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


def _our_pages() -> list[Path]:
    """Every page of ours: those git keeps, or will keep once they are added."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:  # not a clone: an unpacked archive holds nothing else
        return sorted(
            page
            for page in ROOT.rglob("*.md")
            if not {".venv", "node_modules"} & set(page.relative_to(ROOT).parts)
        )
    return sorted(page for line in listed.stdout.splitlines() if (page := ROOT / line).is_file())


def test_it_names_every_setting() -> None:
    source = (ROOT / "config" / "settings.py").read_text(encoding="utf-8")
    told = _page("settings.md")

    names = set(SETTING.findall(source))

    assert "DATABASE_URL" in names
    assert [name for name in sorted(names) if f"`{name}`" not in told] == []


def test_it_names_no_setting_that_nothing_reads() -> None:
    source = (ROOT / "config" / "settings.py").read_text(encoding="utf-8")
    told = re.findall(r"^\| `([A-Z_]+)` \|", _page("settings.md"), re.MULTILINE)

    assert [name for name in told if name not in SETTING.findall(source)] == []


def test_it_names_every_command() -> None:
    told = _page("commands.md")
    commands = [f"marsad {name}" for name in reference().house_commands()]
    commands += [f"python -m {name}" for name in reference().engine_commands()]

    assert "marsad library" in commands
    assert [command for command in commands if f"### `{command}" not in told] == []


def test_it_names_every_code_of_a_problem() -> None:
    told = _page("problems.md")
    codes = [kind.code for kind in reference().problem_kinds()]

    assert "library.document.already-here" in codes
    assert [code for code in codes if f"| `{code}` |" not in told] == []


def test_it_names_every_operation_of_the_api() -> None:
    told = _page("api.md")
    operations = [f"{method} {path}" for path, method, _rest in reference().api_paths()]

    assert len(operations) > 5
    assert [each for each in operations if f"`{each.replace('//', '/')}`" not in told] == []


@pytest.mark.parametrize("name", sorted(reference().PAGES))
def test_it_is_in_step_with_the_code(name: str) -> None:
    """If this fails: python tools/reference.py write."""
    assert _page(name) == reference().page(name)


@pytest.mark.parametrize("page", _our_pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_its_links_lead_somewhere(page: Path) -> None:
    text = CODE.sub("", page.read_text(encoding="utf-8"))
    targets = [target for target in LINK.findall(text) if not re.match(r"[a-z]+:|#", target)]

    broken = [
        target
        for target in targets
        if not (page.parent / unquote(target.partition("#")[0])).resolve().exists()
    ]

    assert broken == []


def test_its_pictures_are_small() -> None:
    pictures = list((ROOT / "docs" / "images").iterdir())

    assert pictures
    assert [picture.name for picture in pictures if picture.stat().st_size > 300_000] == []
