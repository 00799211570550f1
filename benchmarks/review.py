"""How fast a round of all States is drafted, read, counted and reported here, in one run.

    python benchmarks/review.py                a round of 195 × 300, then ten of them; some minutes
    python benchmarks/review.py --smoke        the same on less, in under a minute
    python benchmarks/review.py --json FILE    the figures besides, as JSON

Whole requests, through everything but the socket: what one person at a time waits for. Beside the
time that passed stand the seconds of this process (the database works in processes of its own), the
queries and the time they took: what a page waits for is what limits it. The States are invented.
It works in a database of its own that is removed at the end. Nothing here asserts: it prints.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import resource
import secrets
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("العربية (ar)", "English (en)")
SECTIONS = 10
WORDS = {
    "ar": "القانون العمل الضحايا اللجنة التدبير الوزارة العقد الأجور التفتيش الخطة الطلب الأثر",
    "en": "law labour victims committee measure ministry contract wages inspection plan demand",
}
#: A page in less, all findings in less: what issue 5 asks for.
PAGE_MS, FINDINGS_MS = 300, 2_000


def main() -> None:
    """Measure, print, and clear away."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--smoke", action="store_true", help="measure less, in under a minute")
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    parser.add_argument("--profile", default="", help="print where one of the measures spends")
    given = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="marsad-bench-"))
    os.environ["MARSAD_HOME"] = str(home)
    os.environ["MARSAD_DEMO"] = "1"  # invented States are met in a demonstration only
    os.environ.pop("DATABASE_URL", None)  # never on somebody's data
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]
    try:
        import django

        django.setup()
        size = Size(states=12, questions=60, rounds=2, runs=3) if given.smoke else Size()
        measured = _run(size, profile=given.profile)
        if given.json:
            given.json.write_text(json.dumps(measured, indent=1), encoding="utf-8")
    finally:
        from config.embedded import server

        server.stop(home)
        shutil.rmtree(home, ignore_errors=True)


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much is built, and how often each thing is measured."""

    states: int = 195
    questions: int = 300
    rounds: int = 10
    runs: int = 40


def _run(size: Size, *, profile: str) -> dict[str, Any]:
    from django.core.management import call_command

    began = perf_counter()
    print(f"On {os.cpu_count()} cores, Python {sys.version.split()[0]}")
    call_command("migrate", verbosity=0)
    seconds, stage = timed(lambda: build(size))
    print(
        f"A round of {size.states} States and {size.questions} questions, "
        f"{stage.answers():,} answers, built in {seconds:,.0f} s"
    )
    if profile:
        _profile(stage, profile)
        return {}
    alone = measure(stage, runs=size.runs)
    seconds, _done = timed(lambda: stage.copy(size.rounds - 1))
    print(f"\n({size.rounds - 1} rounds more stored beside, in {seconds:,.0f} s)")
    beside = measure(stage, runs=size.runs)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nPeak memory of this process: {peak:,.0f} MB")
    print(f"The whole run took {perf_counter() - began:,.0f} s.")
    return {
        "size": asdict(size),
        "alone": [asdict(each) for each in alone],
        "with_all_rounds": [asdict(each) for each in beside],
        "peak_mb": round(peak),
    }


# ── what is built ────────────────────────────────────────────────────────────────────────────────
@dataclass(kw_only=True)
class Stage:
    """A round with its people, ready to be measured."""

    round: Any
    states: list[str]
    paths: dict[str, list[str]]
    sections: list[str]
    officer: Any
    analyst: Any
    #: The focal point of the first State, which still drafts.
    focal_point: Any
    reply: Any
    report_key: str = ""
    clients: dict[int, Any] = field(default_factory=dict)

    def answers(self) -> int:
        from marsad.review.models import Answer

        return Answer.objects.count()

    def client(self, person: Any, language: str) -> Any:
        """A browser in which somebody has signed in."""
        from django.test import Client

        if person.pk not in self.clients:
            self.clients[person.pk] = Client(
                headers={"host": "localhost"}, raise_request_exception=False
            )
            self.clients[person.pk].force_login(person)
        self.clients[person.pk].cookies["django_language"] = language
        return self.clients[person.pk]

    def copy(self, count: int) -> None:
        """As many rounds more, with the same replies under keys of their own."""
        from django.db import connection

        for _number in range(count):
            with connection.cursor() as cursor:
                cursor.execute(COPY, {"of": self.round.pk})
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


_KEY = "substr(md5(random()::text || clock_timestamp()::text), 1, 16)"
#: A round, its register, its replies and their answers once more.
COPY = f"""
WITH made AS (
    INSERT INTO review_round (key, titles, mandate, mandate_anchor, address, form_key, languages,
        due_on, second_due_on, cut_off_on, made_at, opened_at, is_invented, told_days)
    SELECT {_KEY}, titles, mandate, '', '', form_key, languages, due_on, second_due_on, cut_off_on,
        made_at - interval '1 year', opened_at - interval '1 year', true, told_days
    FROM review_round WHERE id = %(of)s RETURNING id
), lines AS (
    INSERT INTO review_invitation (round_id, state_id, invited_at, sent_at, seen_at, started_at,
        answered_at, is_late, declined_because, told_at_anchor)
    SELECT made.id, state_id, invited_at, sent_at, seen_at, started_at, answered_at, is_late, '', ''
    FROM review_invitation, made WHERE round_id = %(of)s RETURNING id, state_id
), replies AS (
    INSERT INTO review_reply (key, invitation_id, begun_at, submitted_at, is_public)
    SELECT {_KEY}, lines.id, r.begun_at, r.submitted_at, r.is_public
    FROM review_reply r JOIN review_invitation i ON i.id = r.invitation_id
    JOIN lines ON lines.state_id = i.state_id WHERE i.round_id = %(of)s RETURNING id, invitation_id
)
INSERT INTO review_answer (key, reply_id, path, "position", revision, value, is_confidential, how,
    reason, origin, at, ended_at, terms)
SELECT {_KEY}, replies.id, a.path, a."position", a.revision, a.value, a.is_confidential, a.how,
    '', '', a.at, a.ended_at, a.terms
FROM review_answer a JOIN review_reply r ON r.id = a.reply_id
JOIN review_invitation i ON i.id = r.invitation_id AND i.round_id = %(of)s
JOIN lines ON lines.state_id = i.state_id JOIN replies ON replies.invitation_id = lines.id
"""


def workbook(questions: int) -> bytes:
    """Ten sections of questions: whether there is a measure, which, how many, what help."""
    from openpyxl import Workbook

    labels = [f"label::{name}" for name in LANGUAGES]
    book = Workbook(write_only=True)
    survey = book.create_sheet("survey")
    survey.append(["type", "name", *labels, "relevant", "constraint"])
    each = questions // SECTIONS
    for section in range(SECTIONS):
        survey.append(["begin_group", f"s{section}", f"القسم {section}", f"Section {section}"])
        for number in range(section * each, (section + 1) * each):
            survey.append(_question(number))
        survey.append(["end_group"])
    choices = book.create_sheet("choices")
    choices.append(["list_name", "name", *labels])
    for name in ("yes", "in_part", "no", "not_considered", "unknown"):
        choices.append(["answers", name, f"جواب {name}", f"Answer {name}"])
    for name in ("none", "training", "data", "funds"):
        choices.append(["help", name, f"مساعدة {name}", f"Help {name}"])
    settings = book.create_sheet("settings")
    settings.append(["form_title", "form_id", "version", "default_language"])
    settings.append(["Benchmark", "bench_review", "1", LANGUAGES[0]])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_KINDS = ("select_one answers", "text", "integer", "select_multiple help")


def _question(number: int) -> list[str]:
    kind = _KINDS[number % 4]
    first = number - number % 4
    asked = f"${{q{first}}} = 'yes' or ${{q{first}}} = 'in_part'" if number % 4 in (1, 2) else ""
    rule = ". >= 0" if kind == "integer" else ""
    return [kind, f"q{number}", f"السؤال رقم {number}؟", f"Question {number}?", asked, rule]


def build(size: Size) -> Stage:
    """States, people, a questionnaire, a round and its replies."""
    from marsad.directory.types import OPERATOR, BodyKind, Role, State, UnGroup
    from marsad.questionnaires.actions import questionnaire as questionnaires
    from marsad.questionnaires.queries.outline import outline
    from marsad.review.actions import round as rounds

    now = datetime.now(UTC)
    groups = list(UnGroup.values)
    # A letter and a digit: no State has, or will have, such a code.
    codes = [f"{letter}{digit}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for digit in range(10)]
    states = codes[: size.states]
    State.objects.bulk_create(
        State(
            iso2=code,
            iso3=f"{code}X",
            kind="member",
            names={"ar": f"الدولة {code}", "en": f"State {code}"},
            un_group=groups[number % len(groups)],
            is_invented=True,
        )
        for number, code in enumerate(states)
    )
    officer = _person("Yusuf", Role.SECRETARIAT_OFFICER, BodyKind.SECRETARIAT, None)
    analyst = _person("Reem", Role.ANALYST, BodyKind.RESEARCH, None)
    focal = _person("Salma", Role.FOCAL_POINT, BodyKind.NATIONAL_COORDINATION, states[0])
    version = questionnaires.upload(
        data=workbook(size.questions), file_name="bench.xlsx", by=OPERATOR, at=now
    )
    questionnaires.publish(key=version.key, by=OPERATOR, at=now)
    opened = now - timedelta(days=90)
    made = rounds.prepare(
        titles={"ar": "جولة", "en": "A round"},
        mandate={"en": "Decision"},
        form_key=version.key,
        languages=["ar", "en"],
        due_on=(now - timedelta(days=30)).date(),
        cut_off_on=(now + timedelta(days=30)).date(),
        by=officer,
        at=opened,
        is_invented=True,
    )
    rounds.invite(key=made.key, states=states, by=officer, at=opened)
    rounds.name_analyst(key=made.key, person=analyst, by=officer, at=opened)
    rounds.open_round(key=made.key, by=officer, at=opened)
    made.refresh_from_db()
    form = outline(form_key=version.key, language="en")
    replies = _replies(made, states, form, opened=opened)
    _found(made, form, analyst, at=now)
    kinds: dict[str, list[str]] = {}
    for item in form.questions:
        kinds.setdefault(item.kind, []).append(item.path)
    return Stage(
        round=made,
        states=states,
        paths=kinds,
        sections=[each.name for each in form.sections],
        officer=officer,
        analyst=analyst,
        focal_point=focal,
        reply=replies[0],
    )


def _person(name: str, role: str, kind: str, state: str | None) -> Any:
    from marsad.directory.models import Body, Membership, Person

    person = Person.objects.create_user(f"{name.lower()}@bench.example", name=name)
    body = Body.objects.create(kind=kind, name_ar=name, name_en=name, state_id=state)
    yesterday = datetime.now(UTC).date() - timedelta(days=2)
    Membership.objects.create(person=person, body=body, role=role, from_date=yesterday)
    return person


def _replies(made: Any, states: Sequence[str], form: Any, *, opened: datetime) -> list[Any]:
    """Nine of ten States answered; the first of them still drafts, with nearly all answered."""
    from django.db import connection

    from marsad.review.models import Answer, Reply

    drawn = random.Random(5)
    lines = {each.state_id: each for each in made.invitations.all()}
    replies = []
    for number, code in enumerate(states):
        line = lines[code]
        line.sent_at = opened
        if number % 10 != 9:
            sent = None if number == 0 else opened + timedelta(days=40)
            line.started_at, line.answered_at = opened, sent
            replies.append(
                Reply.objects.create(
                    key=secrets.token_hex(8),
                    invitation=line,
                    begun_at=opened,
                    submitted_at=sent,
                    is_public=number % 3 != 0,
                )
            )
        line.save()
    for number, reply in enumerate(replies):
        language = "ar" if number % 2 else "en"
        Answer.objects.bulk_create(_answers(reply, form, language, drawn, at=opened))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return replies


def _answers(
    reply: Any, form: Any, language: str, drawn: random.Random, *, at: datetime
) -> Iterator[Any]:
    from marsad.review.models import Answer
    from marsad.review.terms import terms_of
    from marsad.review.words import How

    words = WORDS[language].split()
    is_in_place = False
    for number, item in enumerate(form.questions):
        if item.kind == "select_one":
            value = drawn.choice(("yes", "in_part", "no", "not_considered", "unknown"))
            is_in_place = value in ("yes", "in_part")
        elif item.kind == "select_multiple":
            value = drawn.choice(("none", "training data", "data", "funds training"))
        elif not is_in_place:
            continue
        elif item.kind == "integer":
            value = str(drawn.randint(0, 500))
        else:
            value = " ".join(drawn.choices(words, k=40))
        yield Answer(
            key=secrets.token_hex(8),
            reply=reply,
            path=item.path,
            revision=1,
            value=value,
            is_confidential=drawn.random() < 0.03,
            how=How.TYPED,
            at=at + timedelta(minutes=number),
            terms=terms_of(value, kind=item.kind),
        )


def _found(made: Any, form: Any, analyst: Any, *, at: datetime) -> None:
    """A finding on every question with one choice: more than any report has had."""
    from marsad.review.models import Finding, Theme

    themes = [
        Theme.objects.create(
            round=made,
            code=section.name,
            labels={"ar": section.name, "en": section.label},
            section=section.path,
            ordinal=number,
        )
        for number, section in enumerate(form.sections, start=1)
    ]
    by_section = {each.section: each for each in themes}
    asked = [each for each in form.questions if each.kind == "select_one"]
    Finding.objects.bulk_create(
        Finding(
            key=secrets.token_hex(8),
            round=made,
            theme=by_section[item.section],
            kind="figure",
            words={"ar": "أفاد {n} بذلك.", "en": "{n} reported so."},
            figures={"n": {"path": item.path, "values": ["yes"], "among": "replied"}},
            ordinal=number,
            made_at=at,
            made_by=analyst,
        )
        for number, item in enumerate(asked, start=1)
    )


# ── what is measured ─────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, kw_only=True)
class Measured:
    """One thing, done several times."""

    what: str
    runs: int
    p50_ms: float
    p95_ms: float
    #: Processor time of one run: of this process, and of the database's that works for it. On a
    #: machine that does other things besides, these say more than the time that passed.
    cpu_ms: float
    database_cpu_ms: float
    queries: int
    #: Time spent waiting for the database, in one run.
    database_ms: float
    aim_ms: int
    limit: str

    @property
    def line(self) -> str:
        """As a row of the table."""
        verdict = "" if self.p95_ms <= self.aim_ms else "  over the aim"
        return (
            f"{self.what:<44}{self.p50_ms:9,.0f}{self.p95_ms:9,.0f}{self.cpu_ms:9,.0f}"
            f"{self.database_cpu_ms:9,.0f}{self.queries:9,}{self.database_ms:9,.0f}   "
            f"{self.limit}{verdict}"
        )


def measures(stage: Stage) -> list[tuple[str, int, int, Callable[[int], Any]]]:
    """What is measured: its name, its aim, what part of the runs it gets, what is done."""
    key = stage.round.key
    state = stage.states[0]
    choices, texts = stage.paths["select_one"], stage.paths["text"]

    def get(address: str, person: Any) -> Callable[[int], Any]:
        def ask(number: int) -> Any:
            client = stage.client(person, ("ar", "en")[number % 2])
            return _checked(client.get(address))

        return ask

    def section(number: int) -> Any:
        name = stage.sections[number % len(stage.sections)]
        client = stage.client(stage.focal_point, ("ar", "en")[number % 2])
        return _checked(client.get(f"/review/{key}/states/{state}/sections/{name}/"))

    def save(number: int) -> Any:
        return _checked(_save(stage, texts[number % len(texts)], number))

    def by_question(number: int) -> Any:
        paths = texts if number % 2 else choices
        path = paths[number % len(paths)]
        client = stage.client(stage.analyst, ("ar", "en")[number % 2])
        return _checked(client.get(f"/review/{key}/answers/?path={path}"))

    def by_state(number: int) -> Any:
        client = stage.client(stage.analyst, ("ar", "en")[number % 2])
        return _checked(client.get(f"/review/{key}/answers/{stage.states[1]}/"))

    def searched(number: int) -> Any:
        word = ("الأجور", "inspection")[number % 2]
        client = stage.client(stage.analyst, ("ar", "en")[number % 2])
        return _checked(client.get(f"/review/{key}/search/", {"q": word}))

    def a_figure(number: int) -> Any:
        client = stage.client(stage.analyst, ("ar", "en")[number % 2])
        query = {"path": choices[number % len(choices)], "value": "yes"}
        return _checked(client.get(f"/review/{key}/figures/", query))

    return [
        ("the list of rounds", PAGE_MS, 1, get("/review/", stage.officer)),
        ("the round", PAGE_MS, 1, get(f"/review/{key}/", stage.officer)),
        ("its register", PAGE_MS, 1, get(f"/review/{key}/register/", stage.officer)),
        (
            "how far each State has come",
            PAGE_MS,
            1,
            get(f"/review/{key}/register/progress/", stage.officer),
        ),
        (
            "a reply, its progress",
            PAGE_MS,
            1,
            get(f"/review/{key}/states/{state}/", stage.focal_point),
        ),
        ("opening a section", PAGE_MS, 1, section),
        ("saving an answer", PAGE_MS, 1, save),
        ("one question over all States", PAGE_MS, 1, by_question),
        ("all answers of one State", PAGE_MS, 1, by_state),
        ("searching all replies", PAGE_MS, 1, searched),
        ("one figure with its States", PAGE_MS, 1, a_figure),
        ("the page of findings", PAGE_MS, 1, get(f"/review/{key}/findings/", stage.analyst)),
        ("gaps and help needed", PAGE_MS, 1, get(f"/review/{key}/needs/", stage.analyst)),
        ("all findings, each choice of each question", FINDINGS_MS, 4, lambda _n: _all(stage)),
        ("the report, as it stands", PAGE_MS, 4, lambda _n: _report(stage, "")),
        ("the report in Word", FINDINGS_MS, 8, lambda _n: _report(stage, "docx")),
        ("the report in PDF", FINDINGS_MS, 8, lambda _n: _report(stage, "pdf")),
    ]


def measure(stage: Stage, *, runs: int) -> list[Measured]:
    """Do everything several times, and print a row for each."""
    print(
        f"\n{'':<44}{'p50 ms':>9}{'p95 ms':>9}{'CPU ms':>9}{'DB CPU':>9}{'queries':>9}"
        f"{'DB ms':>9}   limited by"
    )
    found = []
    for what, aim, part, work in measures(stage):
        try:
            work(0)  # once before, so that what is kept in memory is there
        except NotThere as missing:
            print(f"{what:<44}  not measured: {missing}")
            continue
        one = _measured(what, work, runs=max(3, runs // part), aim=aim)
        found.append(one)
        print(one.line, flush=True)
    return found


def _measured(what: str, work: Callable[[int], Any], *, runs: int, aim: int) -> Measured:
    times, spent, queries, waited = [], 0.0, 0, 0.0
    database = database_process()
    worked = sum(database.cpu_times()[:2])
    for number in range(1, runs + 1):
        with watching() as watched:
            cpu, began = process_time(), perf_counter()
            work(number)
            times.append(perf_counter() - began)
            spent += process_time() - cpu
        queries += watched.queries
        waited += watched.seconds
    times.sort()
    middle = times[len(times) // 2]
    late = times[min(len(times) - 1, round(len(times) * 0.95))]
    cpu_ms, waited_ms = spent / runs * 1000, waited / runs * 1000
    database_cpu_ms = (sum(database.cpu_times()[:2]) - worked) / runs * 1000
    return Measured(
        what=what,
        runs=runs,
        p50_ms=round(middle * 1000, 1),
        p95_ms=round(late * 1000, 1),
        cpu_ms=round(cpu_ms, 1),
        database_cpu_ms=round(database_cpu_ms, 1),
        queries=round(queries / runs),
        database_ms=round(waited_ms, 1),
        aim_ms=aim,
        limit="the database" if database_cpu_ms > cpu_ms else "this process",
    )


def database_process() -> Any:
    """The process of the database that works for this one's connection."""
    import psutil  # type: ignore[import-untyped]
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return psutil.Process(cursor.fetchone()[0])


@dataclass
class Watched:
    """What was asked of the database."""

    queries: int = 0
    seconds: float = 0.0


@contextmanager
def watching() -> Iterator[Watched]:
    """Count the queries of what runs inside, and the time they took."""
    from django.db import connection

    watched = Watched()

    def watch(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        began = perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            watched.queries += 1
            watched.seconds += perf_counter() - began

    with connection.execute_wrapper(watch):
        yield watched


class NotThere(Exception):  # noqa: N818 - something that is told, not an error
    """A page that this Marsad does not have, or that breaks."""


def _checked(answer: Any) -> Any:
    if answer.status_code == 404:
        raise NotThere(f"{answer.request['PATH_INFO']} is not there")
    if answer.status_code not in (200, 302):
        raise NotThere(f"{answer.request['PATH_INFO']} answers {answer.status_code}")
    return answer


def _save(stage: Stage, path: str, number: int) -> Any:
    """An answer as the page sends it while somebody types."""
    from marsad.review.models import Answer

    standing = Answer.objects.filter(reply=stage.reply, path=path, ended_at=None).first()
    client = stage.client(stage.focal_point, ("ar", "en")[number % 2])
    section = path.split("/")[2]
    address = f"/review/{stage.round.key}/states/{stage.states[0]}/sections/{section}/save/"
    sent = {
        "place": path,
        "value": f"جواب جديد {secrets.token_hex(4)}",
        "base": standing.revision if standing else 0,
    }
    return client.post(address, sent)


def _all(stage: Stage) -> Any:
    """Every choice of every question, each as “n of N States”."""
    from marsad.review.queries import figure

    found = figure.tables(reader=stage.analyst, round_=stage.round, language="en")
    assert found
    return found


def _report(stage: Stage, file_format: str) -> Any:
    from django.utils import timezone

    from marsad.review.actions import report as reports

    if not stage.report_key:
        made = reports.begin(
            round_key=stage.round.key,
            titles={"ar": "تقرير", "en": "Report"},
            by=stage.analyst,
            at=timezone.now(),
            as_at=timezone.now(),
        )
        stage.report_key = made.key
    client = stage.client(stage.analyst, "en")
    base = f"/review/{stage.round.key}/report/{stage.report_key}/"
    return _checked(client.get(f"{base}as/{file_format}/" if file_format else base))


def _profile(stage: Stage, what: str) -> None:
    """Where one of the measures spends its time."""
    import cProfile
    import pstats

    work = next(work for name, _aim, _part, work in measures(stage) if name == what)
    work(0)
    with watching() as watched, cProfile.Profile() as profile:
        work(1)
    print(f"{what}: {watched.queries} queries, {watched.seconds * 1000:,.0f} ms in them")
    pstats.Stats(profile).sort_stats("cumulative").print_stats(45)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of one run, and what it gave."""
    began = perf_counter()
    given = work()
    return perf_counter() - began, given


if __name__ == "__main__":
    main()
