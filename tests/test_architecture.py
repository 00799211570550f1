"""What import contracts cannot see."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignObjectRel

ROOT = Path(__file__).parent.parent
ENGINES = [
    "marsad.estimation",
    "marsad.privacy",
    "marsad.tabulation",
    "marsad.undocs",
    "marsad.countries",
    "marsad.arabic",
    "marsad.reading",
    "marsad.problems",
]


def links_between_rooms() -> Iterator[ForeignObjectRel]:
    """Every foreign key of ours that points into another room."""
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if not field.is_relation or field.auto_created or field.related_model is None:
                continue
            here, there = model._meta.app_config.name, field.related_model._meta.app_config.name
            if here.startswith("marsad.") and there.startswith("marsad.") and here != there:
                yield field


def test_no_room_can_be_reached_backwards() -> None:
    """A link into another room leaves no attribute behind in that room.

    The import contracts cannot see `person.entries`; this test can.
    """
    reachable = [str(field) for field in links_between_rooms() if not field.remote_field.hidden]

    assert list(links_between_rooms()), "the test has lost what it looks at"
    assert reachable == []


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_runs_without_django(engine: str) -> None:
    """Also in what it imports only when it is called."""
    seen = subprocess.run(
        [
            sys.executable,
            "-W",
            "ignore",
            "-c",
            f"import {engine}, sys; print([m for m in sys.modules if m.split('.')[0] == 'django'])",
        ],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert seen.stderr == ""
    assert seen.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "path", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda p: p.name
)
def test_requirements_name_packages_and_hashes_and_no_host(path: Path) -> None:
    """Where packages come from is the business of whoever installs them."""
    text = path.read_text(encoding="utf-8")

    assert "://" not in text
    assert not re.search(r"^\s*--(index-url|extra-index-url|find-links|trusted-host)", text, re.M)
    pinned = re.findall(r"^[A-Za-z0-9_.\-\[\]]+==", text, re.M)
    # Of a file however short: every line that is no hash pins a package.
    assert pinned
    assert len(pinned) == len(re.findall(r"^\S", text, re.M))
    assert text.count("--hash=sha256:") >= len(pinned)


def test_no_lock_file_records_addresses() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], capture_output=True, text=True, cwd=ROOT, check=False
    ).stdout.split()
    locks = {"uv.lock", "poetry.lock", "Pipfile.lock", "package-lock.json", "yarn.lock", "pdm.lock"}
    assert [name for name in listed if Path(name).name in locks] == []


def test_every_follow_up_names_a_task_that_exists() -> None:
    from procrastinate.contrib.django import app

    from config.follow_ups import FOLLOW_UPS

    named = {follow_up.task for follow_ups in FOLLOW_UPS.values() for follow_up in follow_ups}
    assert named
    assert named <= set(app.tasks)


def test_the_sources_hold_no_address_of_another_origin() -> None:
    """A page may load nothing from elsewhere; the policy would stop it, and this says so sooner."""
    found = []
    for path in [*ROOT.glob("marsad/**/*.html"), *ROOT.glob("config/**/*.html")]:
        text = path.read_text(encoding="utf-8")
        if re.search(r"""src=["']https?://|<link\b[^>]*href=["']https?://""", text):
            found.append(str(path.relative_to(ROOT)))
        if re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", text):
            found.append(f"{path.relative_to(ROOT)}: inline script")
        if re.search(r"\sstyle=[\"']", text):
            found.append(f"{path.relative_to(ROOT)}: inline style")
    assert found == []
