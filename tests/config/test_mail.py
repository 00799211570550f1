"""Mail goes where somebody said it should go, and never into a log."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from marsad.directory.models import Person

NAMES = ("BACKEND", "HOST", "PORT", "USE_TLS", "USE_SSL", "HOST_USER")


def settings_with(home: Path, **given: str) -> dict[str, Any]:
    """The settings of mail in a process of its own."""
    told = f"{{name: getattr(s, 'EMAIL_' + name) for name in {NAMES}}}"
    code = f"import json; from config import settings as s; print(json.dumps({told}))"
    environment = {name: value for name, value in os.environ.items() if "MARSAD_" not in name}
    environment |= {"MARSAD_HOME": str(home), **{f"MARSAD_{k}": v for k, v in given.items()}}
    ran = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    read: dict[str, Any] = json.loads(ran.stdout)
    return read


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({}, "dummy"),
        ({"DEMO": "yes"}, "console"),
        ({"DEBUG": "yes"}, "console"),
        ({"DEMO": "yes", "EMAIL_HOST": "mail.example"}, "smtp"),
    ],
)
def test_it_writes_no_mail_to_the_output_in_earnest(
    tmp_path: Path, given: dict[str, str], kind: str
) -> None:
    assert settings_with(tmp_path, **given)["BACKEND"].split(".")[-2] == kind


@pytest.mark.parametrize(
    ("port", "encrypted", "expected"),
    [("", "", (587, True, False)), ("465", "", (465, False, True)), ("25", "no", (25, 0, 0))],
)
def test_it_sends_by_the_server_that_was_named(
    tmp_path: Path, port: str, encrypted: str, expected: tuple[int, bool, bool]
) -> None:
    read = settings_with(
        tmp_path, EMAIL_HOST="mail.example", EMAIL_PORT=port, EMAIL_TLS=encrypted, EMAIL_USER="m"
    )
    assert (read["PORT"], read["USE_TLS"], read["USE_SSL"]) == expected
    assert read["HOST_USER"] == "m"


@pytest.mark.parametrize("port", ["x", "0", "70000", "9" * 5000])
def test_it_refuses_a_port_that_is_none(tmp_path: Path, port: str) -> None:
    with pytest.raises(AssertionError, match="MARSAD_EMAIL_PORT must be a number"):
        settings_with(tmp_path, EMAIL_PORT=port)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/account/password/reset/", "/account/password/reset/done/"])
def test_it_says_that_no_mail_is_sent(client: Client, settings: Settings, path: str) -> None:
    settings.SENDS_MAIL = False
    said = client.get(path, HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "No mail is sent from here" in said
    assert 'type="email"' not in said

    settings.SENDS_MAIL = True
    assert "No mail is sent" not in client.get(path, HTTP_ACCEPT_LANGUAGE="en").content.decode()


def test_it_tells_administrators_that_no_mail_is_sent(
    administrator: Person, client_of: Callable[[Person], Client], settings: Settings
) -> None:
    settings.SENDS_MAIL = False
    page = client_of(administrator).get("/directory/people/", HTTP_ACCEPT_LANGUAGE="en")
    assert "MARSAD_EMAIL_HOST" in page.content.decode()
