"""A round from its opening to the report that is found again in the library.

Yusuf opens it; Salma clears for Arkia, where Tariq drafts a section on his phone; Omar answers for
Bahrestan; Reem reads, codes and finds; the report is published, searched and found. Once in Arabic
and once in English, by hand in a browser, and once more by commands.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from marsad.directory.models import Body, Person, State
from marsad.directory.types import BodyKind
from marsad.questionnaires.models import QuestionnaireVersion
from marsad.review.actions import note as notes
from marsad.review.models import Answer, Block, Practice, Reply, Round
from tests.browser.conftest import Window, fits
from tests.review import rounds
from tests.review.rounds import LAW, LAW_EFFECT, LAW_WHICH, SECTION_B, SHELTER

#: What Salma and Tariq write, and what the analyst makes of it.
WORDS = {
    "ar": {
        "which": "قانون مكافحة الاتجار لسنة ٢٠٢١، وتتولى وزارة العدل تطبيقه.",
        "shelter": "ثلاثة مآوٍ تديرها منظمات غير حكومية.",
        "finding": "أفادت {n.words} بصدور قانون.",
        "conclusion": "لم تقدّم الدول المجيبة ما يثبت أثر قوانينها.",
        "recommendation": "لعل الدول الأطراف تقيس أثر قوانينها قبل تعديلها بسنبلة القياس.",
        "sought": "بسنبلة القياس",
        "why": "صدر تعديل القانون.",
    },
    "en": {
        "which": "The Trafficking Act of 2021, applied by the Ministry of Justice.",
        "shelter": "Three shelters, run by non-governmental organizations.",
        "finding": "{n.words} have a law.",
        "conclusion": "States that replied gave no evidence of the effect of their laws.",
        "recommendation": "States parties may wish to use yardsticks of quillwort for their laws.",
        "sought": "yardsticks of quillwort",
        "why": "The act was amended.",
    },
}
#: Where screenshots go, for those who look at them: `STORY_SHOTS=/tmp/shots pytest tests/stories`.
SHOTS = os.environ.get("STORY_SHOTS", "")


@pytest.fixture(autouse=True)
def _demonstration(settings: Any) -> None:
    """Rounds among invented States are made in a demonstration only."""
    settings.DEMO = True
    settings.SENDS_MAIL = True


class Walker:
    """One person's window; says what it looks like on the way."""

    def __init__(self, page: Any, *, name: str, language: str) -> None:
        self.page = page
        self.name = name
        self.language = language
        self.count = 0

    def goes(self, address: str) -> None:
        """Goes to a page, which stands, fits and carries the mark."""
        answer = self.page.goto(address)
        assert answer is None or answer.status == 200, (address, answer.status)
        self.looks()

    def presses(self, selector: str) -> None:
        """Presses what leads to another page."""
        before = self.page.url
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()
        expect(self.page.locator(".message--bad"), f"after {before}").to_have_count(0)
        self.looks()

    def looks(self) -> None:
        """The page fits its window; a round of invented States says so on every page."""
        assert fits(self.page), (self.name, self.page.url)
        if re.search(r"/review/[0-9a-f]{16}/", self.page.url):
            mark = {"ar": "متخيَّلة", "en": "invented States"}[self.language]
            assert mark in self.page.locator("main").inner_text(), self.page.url
        if SHOTS:
            self.count += 1
            file = f"{self.language}-{self.name}-{self.count:02}.png"
            self.page.screenshot(path=Path(SHOTS) / file, full_page=True)

    def fills(self, **fields: str) -> None:
        """Fills fields of the page's form by their names."""
        for name, value in fields.items():
            self.page.fill(f"main [name={name}]", value)

    def said(self) -> str:
        """What the page says."""
        return str(self.page.locator("main").inner_text())


@pytest.fixture
def walker(window: Window) -> Callable[..., Walker]:
    """`walker(salma, language="ar", width=390)`"""

    def open_window(
        person: Person | None, *, language: str, width: int = 1280, name: str = "public"
    ) -> Walker:
        page = window(person, language=language, width=width)
        return Walker(
            page, name=f"{person.name.lower() if person else name}-{width}", language=language
        )

    return open_window


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_round_is_held_and_its_report_is_found_again(
    walker: Callable[..., Walker],
    form: QuestionnaireVersion,
    states: dict[str, State],
    reference_data: None,
    yusuf: Person,
    reem: Person,
    salma: Person,
    tariq: Person,
    omar: Person,
    language: str,
) -> None:
    words = WORDS[language]
    officer = walker(yusuf, language=language)
    analyst = walker(reem, language=language)
    focal = walker(salma, language=language, width=390)
    expert = walker(tariq, language=language, width=390)
    key = opens_a_round(officer, analyst_id=reem.pk)
    sends_notes(officer, key)
    hands_out_and_drafts(focal, expert, key, words)
    sends_the_reply(focal, key)
    other = walker(omar, language=language)
    answers_no(other, key)
    asks_and_is_answered(officer, focal, key, words)
    finds(analyst, key, words)
    proposes_a_practice(analyst, focal, officer, key, words)
    report = writes_the_report(analyst, key, words)
    publishes(officer, key, report)
    is_found(walker(None, language=language), words)


def opens_a_round(officer: Walker, *, analyst_id: int) -> str:
    """From the front page: prepare, invite, name an analyst, open."""
    page, today = officer.page, timezone.localdate()
    officer.goes("/")
    officer.presses(".masthead__nav a[href='/review/']")
    officer.presses("main a[href='/review/new/']")
    officer.fills(
        title_ar="جولة عن القانون",
        title_en="A round on the law",
        mandate_ar="المقرر 4/4",
        mandate_en="Decision 4/4",
        due_on=(today + timedelta(days=40)).isoformat(),
        second_due_on=(today + timedelta(days=60)).isoformat(),
        cut_off_on=(today + timedelta(days=90)).isoformat(),
    )
    page.check("[name=is_invented]")
    officer.presses("form.measure button[type=submit]")
    found = re.search(r"/review/([0-9a-f]{16})/", page.url)
    assert found is not None, page.url
    key = found[1]
    for box in page.locator("[name=state]").all():
        box.check()
    officer.presses(".round__keep button")
    officer.goes(f"/review/{key}/")
    page.select_option("[name=person]", str(analyst_id))
    officer.presses("form[action$='/do/name/'] button")
    officer.presses("form[action$='/do/open/'] button")
    assert Round.objects.get(key=key).opened_at is not None
    return key


def sends_notes(officer: Walker, key: str) -> None:
    """Notes to all four; the mails go out; a letter is taken away."""
    officer.goes(f"/review/{key}/notes/")
    officer.presses("form[action$='/notes/send/'] button")
    notes.mail_notes(round_id=Round.objects.get(key=key).pk, at=timezone.now())
    assert {"salma@state.example", "omar@state.example"} <= {to for m in mail.outbox for to in m.to}
    officer.goes(f"/review/{key}/notes/")
    link = officer.page.locator("a[href$='/as/pdf/']").first.get_attribute("href")
    letter = officer.page.request.get(link)
    assert letter.body().startswith(b"%PDF")
    officer.goes(f"/review/{key}/register/")


def hands_out_and_drafts(focal: Walker, expert: Walker, key: str, words: dict[str, str]) -> None:
    """Salma hands section B to the ministry; it drafts on a phone while she drafts section A."""
    base = f"/review/{key}/states/XA/"
    focal.goes(f"/review/{key}/")
    focal.presses(f"main .tabs a[href='{base}']")
    focal.page.select_option("[name=section]", SECTION_B)
    ministry = Body.objects.get(kind=BodyKind.MINISTRY, state="XA")
    focal.page.select_option("[name=body]", str(ministry.pk))
    focal.presses("form.assign button[type=submit]")

    expert.goes(base)
    expert.presses(f"a[href='{base}sections/b/']")
    types(expert, SHELTER, words["shelter"])
    expert.presses("button[name=add]")
    expert.goes(base)
    expert.presses("form[action$='/parts/done/'] button[value=done]")

    focal.goes(f"{base}sections/a/")
    chooses(focal, LAW, "yes")
    types(focal, LAW_WHICH, words["which"])
    chooses(focal, LAW_EFFECT, "not_examined")
    reply = Reply.objects.get(invitation__state="XA")
    assert {each.value for each in reply.answers.filter(ended_at=None)} == {
        "yes",
        "not_examined",
        words["which"],
        words["shelter"],
    }


def types(who: Walker, path: str, text: str) -> None:
    """Types an answer, and waits until the page has saved it."""
    with who.page.expect_response("**/save/"):
        who.page.fill(f"[name='v:{path}']", text)
        who.page.locator(f"[name='v:{path}']").blur()


def chooses(who: Walker, path: str, value: str) -> None:
    """Chooses an answer, and waits until the page has saved it."""
    with who.page.expect_response("**/save/"):
        who.page.check(f"[name='v:{path}'][value={value}]")


def sends_the_reply(focal: Walker, key: str) -> None:
    """She looks through it, and sends it; the public may read it."""
    focal.goes(f"/review/{key}/states/XA/send/")
    focal.page.check("[name=is_public][value=yes]")
    focal.presses("form.send button[type=submit]")
    assert Reply.objects.get(invitation__state="XA").submitted_at is not None


def answers_no(other: Walker, key: str) -> None:
    """Bahrestan has no law, and says so."""
    other.goes(f"/review/{key}/states/XB/")
    other.goes(f"/review/{key}/states/XB/sections/a/")
    chooses(other, LAW, "no")
    other.goes(f"/review/{key}/states/XB/send/")
    other.page.check("[name=is_public][value=no]")
    other.presses("form.send button[type=submit]")


def asks_and_is_answered(officer: Walker, focal: Walker, key: str, words: dict[str, str]) -> None:
    """The Secretariat asks what an answer means; the State says it, and updates the answer."""
    address = f"/review/{key}/states/XA/questions{LAW_WHICH}/"
    officer.goes(address)
    officer.page.locator("details:has([name=text]) summary").last.click()
    officer.page.locator("details[open] [name=text]").fill("?")
    officer.presses("details[open] button[value=ask]")
    focal.goes(address)
    focal.page.locator(".thread [name=text]").fill(words["why"])
    focal.presses(".thread button[value=respond]")
    focal.page.locator("details:has(form.update) summary").click()
    focal.page.fill("form.update [name^='v:']", f"{words['which']} {words['why']}")
    focal.page.fill("form.update [name=reason]", words["why"])
    focal.presses("form.update button[type=submit]")
    held = Answer.objects.get(path=LAW_WHICH, ended_at=None)
    assert (held.revision, held.reason) == (2, words["why"])


def finds(analyst: Walker, key: str, words: dict[str, str]) -> None:
    """Reem reads side by side, gives a passage a theme, and writes a finding around a figure."""
    page = analyst.page
    analyst.goes(f"/review/{key}/themes/")
    analyst.presses("form:has([value=begin]) button")
    analyst.goes(f"/review/{key}/answers/?path={LAW_WHICH}")
    analyst.presses("a[href*='/themes/coding/']")
    themes = page.locator("form.marking__form [name=themes]")
    if themes.first.get_attribute("type") == "checkbox":
        themes.first.check()
    else:
        themes.select_option(index=0)
    analyst.presses("form.marking__form button[type=submit]")
    expect(page.locator(".marks__one")).not_to_have_count(0)

    analyst.goes(f"/review/{key}/figures/?path={LAW}&value=yes")
    analyst.presses("form.finding-choice button")
    # The name that the figure was given stands on the page.
    name = re.findall(r"\{([a-z][a-z0-9_]*)\}", page.locator(".finding-figures").inner_text())[0]
    said = words["finding"].replace("{n.", f"{{{name}.")
    analyst.fills(words_ar=said, words_en=said)
    analyst.presses("main form button[type=submit]")
    analyst.goes(f"/review/{key}/findings/")
    shown = analyst.said()
    assert words["finding"].partition("} ")[2].strip() in shown
    assert name not in re.findall(r"\{([a-z]+)", shown)


def proposes_a_practice(
    analyst: Walker, focal: Walker, officer: Walker, key: str, words: dict[str, str]
) -> None:
    """A good practice from the reply; the State verifies it; it stands in the compendium."""
    answer = Answer.objects.get(path=SHELTER, ended_at=None)
    analyst.goes(f"/review/{key}/practices/new/?answer={answer.key}")
    analyst.fills(
        title_ar="مآوٍ تديرها منظمات",
        text_ar="ثلاثة مآوٍ.",
        title_en="Shelters run by organizations",
        text_en="Three shelters.",
    )
    analyst.presses("main form button[type=submit]")
    focal.goes(f"/review/{key}/practices/")
    made = f"/review/{key}/practices/{Practice.objects.get().key}/"
    focal.presses(f"main a[href='{made}']")
    focal.presses("form[action$='/verify/'] button[type=submit]")
    officer.goes(made)
    officer.presses("form[action$='/publish/'] button")
    officer.goes("/practices/")
    title = {"ar": "مآوٍ تديرها منظمات", "en": "Shelters run by organizations"}[officer.language]
    assert title in officer.said()


def writes_the_report(analyst: Walker, key: str, words: dict[str, str]) -> str:
    """The first draft, a conclusion and a recommendation of her own."""
    page = analyst.page
    analyst.goes(f"/review/{key}/report/")
    analyst.presses("main a[href$='/report/new/']")
    analyst.fills(
        title_ar="ردود الدول بشأن القانون",
        title_en="Replies of States on the law",
        symbol="SAMPLE/COP/WG.1/2026/9",
    )
    page.fill("[name=as_at]", timezone.localdate().isoformat())
    analyst.presses("main form:has([name=title_ar]) button[type=submit]")
    found = re.search(r"/report/([0-9a-f]{16})/", page.url)
    assert found is not None, page.url
    base = f"/review/{key}/report/{found[1]}/"
    for kind in ("conclusion", "recommendation"):
        chapter = Block.objects.get(report__key=found[1], kind="chapter", words__en__icontains=kind)
        analyst.goes(f"{base}add/?after={chapter.key}")
        analyst.presses(f"button[name=kind][value={kind}]")
        analyst.fills(words_ar=words[kind], words_en=words[kind])
        analyst.presses("form.report__form button[type=submit]")
    analyst.goes(base)
    for file_format, magic in (("docx", b"PK"), ("pdf", b"%PDF")):
        made = page.request.get(f"{base}as/{file_format}/?language={analyst.language}")
        assert made.body().startswith(magic)
    return found[1]


def publishes(officer: Walker, key: str, report: str) -> None:
    """Yusuf reads the warnings and publishes."""
    officer.goes(f"/review/{key}/report/{report}/publish/")
    box = officer.page.locator("[name=confirmed]")
    if box.count():
        box.check()
    officer.presses("main form:has(button) button[type=submit]")
    assert Round.objects.get(key=key).reports.get().document is not None


def is_found(public: Walker, words: dict[str, str]) -> None:
    """Anybody finds it in the search, and its recommendation in the index."""
    public.goes("/search/?q=" + words["sought"])
    assert words["sought"] in public.said()
    public.presses("main .listing__entry a")
    public.goes("/recommendations/")
    assert words["sought"] in public.said()


# ── the same by commands ─────────────────────────────────────────────────────────────────────────
def told(*arguments: str) -> str:
    """What `marsad review …` prints."""
    out = StringIO()
    call_command("review", *arguments, stdout=out)
    return out.getvalue()


def test_the_same_is_done_by_commands(
    tmp_path: Path,
    form: QuestionnaireVersion,
    states: dict[str, State],
    reference_data: None,
    salma: Person,
) -> None:
    today = timezone.localdate()
    opened = json.loads(
        told(
            "open",
            *("--form", form.key, "--states", "all", "--invented", "--send"),
            *("--title-ar", "جولة عن القانون", "--title-en", "A round on the law"),
            *("--due", (today + timedelta(days=5)).isoformat()),
            *("--cut-off", (today + timedelta(days=60)).isoformat(), "--json"),
        )
    )
    key = opened["id"]
    assert opened["notes"]["written"] == 8
    round_ = Round.objects.get(key=key)
    now = timezone.now()
    for iso2, answers in (
        ("XA", {LAW: "yes", LAW_WHICH: WORDS["en"]["which"]}),
        ("XB", {LAW: "no"}),
    ):
        rounds.reply_of(round_, iso2, answers, sent_at=now)
    status = json.loads(told("status", key, "--json"))
    assert (status["replied"], status["of"]) == (2, 4)
    told("remind", key)
    assert [message.to for message in mail.outbox] == []  # Salma has answered; others have nobody
    found = json.loads(told("findings", key, "--json"))
    assert found["is_invented"]
    told("report", key, "--begin", "--symbol", "SAMPLE/COP/WG.1/2026/9")
    for language in ("ar", "en"):
        for file_format, magic in (("docx", b"PK"), ("pdf", b"%PDF"), ("json", b"{")):
            file = tmp_path / f"report.{language}.{file_format}"
            told(
                "report",
                key,
                "--format",
                file_format,
                "--language",
                language,
                "--output",
                str(file),
            )
            assert file.read_bytes().startswith(magic)
    told("report", key, "--publish", "--confirm")
    assert round_.reports.get().document is not None
