"""How fast questionnaires are compiled, drawn, checked and received on this machine, in one run.

    python benchmarks/questionnaires.py            everything, in a few minutes
    python benchmarks/questionnaires.py --smoke    the same on less, in under a minute

Compiling is set beside pyxform alone, which finds one fault at a time and knows nothing of ours.
What a browser needs is measured by `questionnaires_browser.py` and printed here where there is one.
It works in a database of its own that is removed at the end. Nothing here asserts: it prints.
"""

from __future__ import annotations

import argparse
import io
import os
import resource
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = (
    ("العربية (ar)", "سؤال"),
    ("English (en)", "Question"),
    ("Français (fr)", "Question"),
    ("Español (es)", "Pregunta"),
    ("Русский (ru)", "Вопрос"),
    ("中文 (zh)", "问题"),
)


def main() -> None:
    """Measure, print, and clear away."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--smoke", action="store_true", help="measure less, in under a minute")
    parser.add_argument("--stored", type=int, help="submissions stored before (1,000,000; smoke 0)")
    given = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="marsad-bench-"))
    os.environ["MARSAD_HOME"] = str(home)
    os.environ.pop("DATABASE_URL", None)  # never on somebody's data
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]
    try:
        import django

        django.setup()
        stored = given.stored if given.stored is not None else (0 if given.smoke else 1_000_000)
        _measure(smoke=given.smoke, stored=stored)
    finally:
        from config.embedded import server

        server.stop(home)
        shutil.rmtree(home, ignore_errors=True)


def _measure(*, smoke: bool, stored: int) -> None:
    began = perf_counter()
    print(f"On {os.cpu_count()} cores, Python {sys.version.split()[0]}")
    forms([30, 300] if smoke else [30, 300, 1_000])
    browser(smoke=smoke)
    submissions(count=20 if smoke else 300, stored=stored)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nPeak memory of this process: {own:,.0f} MB")
    print(f"The whole run took {perf_counter() - began:,.0f} s.")


# ── forms ────────────────────────────────────────────────────────────────────────────────────────
def workbook(questions: int, languages: int) -> bytes:
    """A workbook with as many questions: text, numbers, choices, relevance, a constraint."""
    from openpyxl import Workbook

    spoken = LANGUAGES[:languages]
    labels = [f"label::{name}" for name, _word in spoken]
    book = Workbook(write_only=True)
    survey = book.create_sheet("survey")
    survey.append(["type", "name", *labels, "relevant", "constraint"])
    for number in range(questions):
        words = [f"{word} {number}" for _name, word in spoken]
        survey.append(_question(number, words))
    choices = book.create_sheet("choices")
    choices.append(["list_name", "name", *labels])
    for name in ("yes", "no", "unknown"):
        choices.append(["answers", name, *(f"{word} {name}" for _language, word in spoken)])
    settings = book.create_sheet("settings")
    settings.append(["form_title", "form_id", "version", "default_language"])
    settings.append(["Benchmark", f"bench_{questions}_{languages}", "1", spoken[0][0]])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _question(number: int, words: Sequence[str]) -> list[str | None]:
    kind = ("select_one answers", "text", "integer")[number % 3]
    asked = f"${{q{number - number % 3}}} != 'no'" if number % 3 else None
    rule = ". >= 0" if kind == "integer" else None
    return [kind, f"q{number}", *words, asked, rule]


def filled(questions: int, form_id: str, instance: str) -> bytes:
    """Every question of such a form answered."""
    answers = "".join(
        f"<q{number}>{('yes', 'جواب', '7')[number % 3]}</q{number}>" for number in range(questions)
    )
    meta = f"<meta><instanceID>{instance}</instanceID></meta>"
    return f'<data id="{form_id}" version="1">{answers}{meta}</data>'.encode()


def forms(sizes: Sequence[int]) -> None:
    """Compile, draw and check forms of several sizes, in one language and in six."""
    from pyxform.xls2xform import convert

    from marsad.questionnaires import checking, rendering
    from marsad.questionnaires.compiling import compile_form

    built = rendering.is_built()
    print("\nquestions  languages   compiled   beside pyxform      drawn    checked")
    for questions in sizes:
        for languages in (1, 6):
            data = workbook(questions, languages)
            alone, _made = timed(lambda data=data: convert(io.BytesIO(data), file_type=".xlsx"))
            whole, compiled = timed(lambda data=data: compile_form(data, name="bench.xlsx"))
            drawn, _page = (
                timed(lambda c=compiled: rendering.render(xform=c.xform)) if built else (0, 0)
            )
            sent = filled(questions, compiled.form_id, "uuid:bench")
            checking.load_form(compiled.xform)
            checked, judged = timed(lambda c=compiled, s=sent: checking.check(c.xform, s, files={}))
            assert judged.ok, judged.faults[:1]
            print(
                f"{questions:9,}  {languages:9}  {whole:7.2f} s  {whole / alone:8.1f} times  "
                f"{f'{drawn:7.2f} s' if built else 'not built':>9}  {checked * 1000:6.1f} ms"
            )


def browser(*, smoke: bool) -> None:
    """What a page needs in Chromium until it can be filled in."""
    try:
        import questionnaires_browser
    except ImportError:
        print("\nIn the browser: not measured")
        return
    print()
    questionnaires_browser.measure(smoke=smoke)


# ── submissions ──────────────────────────────────────────────────────────────────────────────────
def submissions(*, count: int, stored: int) -> None:
    """Filled forms a second through the door for phones: all of the server but the socket."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    send, asking = _phone(questions=30)
    for number in range(5):
        send(f"uuid:warm-{number}")
    _report("alone", send, count, "uuid:alone-")
    if stored:
        seconds, _done = timed(lambda: _store(asking, stored))
        print(f"  ({stored:,} filled forms stored beside, in {seconds:,.0f} s)")
        _report(f"with {stored:,} stored", send, count, "uuid:beside-")


def _report(what: str, send: Callable[[str], None], count: int, prefix: str) -> None:
    began = perf_counter()
    for number in range(count):
        send(f"{prefix}{number}")
    took = perf_counter() - began
    print(f"Filled forms of 30 questions received, one phone, {what}: {count / took:,.0f} a second")


def _phone(*, questions: int) -> tuple[Callable[[str], None], Any]:
    """A function that sends a filled form as a phone does, and the asking it goes to."""
    from datetime import timedelta

    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client
    from django.utils import timezone

    from marsad.directory.models import Body, Membership, Person
    from marsad.directory.types import OPERATOR, BodyKind, Role
    from marsad.questionnaires.actions import device
    from marsad.questionnaires.actions import questionnaire as questionnaires
    from marsad.surveys.actions import survey as surveys
    from marsad.surveys.queries import asking as askings

    now = timezone.now()
    body = Body.objects.create(kind=BodyKind.NGO, name_ar="الملاذ", name_en="The Refuge")
    person = Person.objects.create_user("salma@refuge.example", name="Salma")
    yesterday = timezone.localdate() - timedelta(days=1)
    Membership.objects.create(person=person, body=body, role=Role.FOCAL_POINT, from_date=yesterday)
    version = questionnaires.upload(
        data=workbook(questions, 2), file_name="bench.xlsx", by=OPERATOR, at=now
    )
    questionnaires.publish(key=version.key, by=OPERATOR, at=now)
    survey = surveys.open_survey(
        body=body,
        form_key=version.key,
        titles={"en": "Benchmark"},
        once_each=False,
        by=person,
        at=now,
    )
    asked = askings.of_survey(survey.key)
    _key, secret = device.register(name="Phone", by=person, at=now)
    client = Client(headers={"host": "localhost"})

    def send(instance: str) -> None:
        xml = filled(questions, asked.form_id, instance)
        part = SimpleUploadedFile("a.xml", xml, "text/xml")
        answer = client.post(f"/openrosa/{secret}/submission", {"xml_submission_file": part})
        assert answer.status_code == 201, answer.content

    return send, asked


def _store(asking: Any, count: int) -> None:
    """As many filled forms, copied from one."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO questionnaires_submission
                (key, asking_id, instance_id, xml, digest, answers, by_id, received_at,
                 completed_at, is_current)
            SELECT lpad(to_hex(n), 16, 'f'), s.asking_id, 'uuid:stored-' || n, s.xml, s.digest,
                   s.answers, s.by_id, s.received_at, s.completed_at, true
            FROM (SELECT * FROM questionnaires_submission ORDER BY id LIMIT 1) AS s,
                 generate_series(1, %s) AS n
            """,
            [count],
        )
        cursor.execute("ANALYZE questionnaires_submission")


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of one run, and what it gave."""
    began = perf_counter()
    given = work()
    return perf_counter() - began, given


if __name__ == "__main__":
    main()
