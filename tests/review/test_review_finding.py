"""Findings: written by analysts around live figures, shown with what is behind them."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from marsad.directory.models import Person
from marsad.directory.types import OPERATOR, Reader
from marsad.questionnaires.models import QuestionnaireVersion
from marsad.review import problems
from marsad.review.actions import finding as actions
from marsad.review.models import Finding, Round
from marsad.review.queries import figure as figures
from marsad.review.queries import finding as queries
from marsad.review.types.figure import Query
from marsad.review.words import FindingKind
from tests.review import rounds
from tests.review.rounds import LAW, LAW_EFFECT, LAW_HELP, MORNING
from tests.review.test_review_figure import SENT, publish

pytestmark = pytest.mark.django_db
NOW = MORNING + timedelta(days=100)
LAWS = Query(path=LAW, values=("yes",), among="asked")


@pytest.fixture
def answered(round_: Round) -> Round:
    """Four replies; one keeps its answer for the Secretariat, one is not public."""
    rounds.reply_of(round_, "XA", {LAW: "yes", LAW_EFFECT: "clear"})
    rounds.reply_of(round_, "XB", {LAW: "no", LAW_HELP: "training"}, is_public=False)
    rounds.reply_of(round_, "XC", {LAW: "yes"}, confidential=(LAW,))
    rounds.reply_of(round_, "XD", {LAW: "unknown"})
    return round_


def page(client: Client, name: str, round_: Round, *more: str, **asked: str) -> str:
    answer = client.get(reverse(f"review:{name}", args=[round_.key, *more]), asked)
    assert answer.status_code == 200, answer.content.decode()[-3000:]
    return answer.content.decode()


def write(round_: Round, by: Person, **more: object) -> Finding:
    given = {
        "kind": FindingKind.FIGURE,
        "words": {"ar": "أفادت {law.words} بوجود قانون.", "en": "{law.words} have a law."},
        "figures": {"law": LAWS},
    } | more
    return actions.write(round_key=round_.key, by=by, at=NOW, **given)  # type: ignore[arg-type]


def test_the_page_counts_every_question_of_a_section(
    client: Client, answered: Round, analyst: Person
) -> None:
    client.force_login(analyst)
    shown = page(client, "findings", answered)
    assert "Is there a law?" in shown or "هل صدر قانون؟" in shown
    figure = reverse("review:figure", args=[answered.key])
    assert shown.count(f'href="{figure}?path=') >= 9
    assert "a real State" not in shown


def passes_over(queries: CaptureQueriesContext) -> int:
    """How often the answers were read to be counted."""
    return sum("ARRAY_AGG" in each["sql"] for each in queries.captured_queries)


def test_the_page_reads_the_answers_once_whatever_it_counts(
    client: Client, answered: Round, analyst: Person
) -> None:
    write(answered, analyst)
    client.force_login(analyst)
    with CaptureQueriesContext(connection) as asked:
        shown = page(client, "findings", answered, regions="1")
    assert "finding-effect" in shown or "evidence" in shown or "دليل" in shown
    assert passes_over(asked) == 1


def test_earlier_rounds_are_looked_up_together(
    client: Client, answered: Round, analyst: Person, form: QuestionnaireVersion
) -> None:
    client.force_login(analyst)
    page(client, "findings", answered)  # what is kept in memory is there

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(client, "findings", answered)
        return len(queries)

    rounds.open_round(form)
    before = asked()
    for _number in range(4):
        rounds.open_round(form)
    assert asked() == before


def test_the_list_behind_a_figure_is_one_click_away(
    client: Client, answered: Round, analyst: Person, yusuf: Person
) -> None:
    address = queries.address(answered.key, LAWS)
    client.force_login(analyst)
    shown = client.get(address, headers={"accept-language": "en"}).content.decode()
    assert "Arkia" in shown
    assert "Corrida" not in shown
    client.force_login(yusuf)
    assert "Corrida" not in client.get(address).content.decode()
    shown = client.get(f"{address}&whole=1", headers={"accept-language": "en"}).content.decode()
    assert "Corrida" in shown


def test_states_stand_in_the_order_of_their_names_whatever_they_answered(
    client: Client, answered: Round, yusuf: Person
) -> None:
    found = queries.figure_page(
        reader=yusuf, round_=answered, query=Query(path=LAW), language="ar", whole=True
    )
    assert [each.name for each in found.states] == ["أرقيا", "بحرستان", "كوريدا"]


@pytest.mark.parametrize(
    "asked",
    [
        {"path": "/data/none"},
        {"path": LAW, "value": "maybe"},
        {"path": LAW, "among": "none"},
        {"region": "atlantis"},
        {"theme": "none"},
        {"standing": "best"},
    ],
)
def test_a_figure_of_nothing_is_told_so(
    client: Client, answered: Round, analyst: Person, asked: dict[str, str]
) -> None:
    client.force_login(analyst)
    answer = client.get(reverse("review:figure", args=[answered.key]), asked)
    assert answer.status_code in (400, 404, 422)


def test_a_figure_stands_under_findings(client: Client, answered: Round, analyst: Person) -> None:
    client.force_login(analyst)
    asked = {"path": LAW, "value": "yes", "among": "asked"}
    shown = client.get(reverse("review:figure", args=[answered.key]), asked)
    assert [tab.url for tab in shown.context["tabs"] if tab.current] == [
        reverse("review:findings", args=[answered.key])
    ]


def test_others_see_no_findings_before_a_report_and_no_drafts_after_it(
    client: Client, answered: Round, analyst: Person, omar: Person
) -> None:
    write(answered, analyst)
    address = reverse("review:findings", args=[answered.key])
    for person in (None, omar):
        if person is not None:
            client.force_login(person)
        assert client.get(address).status_code == 404
    publish(answered, as_at=NOW + timedelta(days=1))
    later = write(answered, analyst, words={"en": "A thought that came later."})
    Finding.objects.filter(pk=later.pk).update(made_at=NOW + timedelta(days=9))
    shown = page(client, "findings", answered)
    assert "figure-link" in shown
    assert "came later" not in shown


def test_words_keep_the_place_and_never_the_number(answered: Round, analyst: Person) -> None:
    write(answered, analyst)
    said = [
        "".join(span.text for span in each.spans)
        for each in queries.listed(reader=analyst, round_=answered, language="en")
    ]
    rounds.write(
        answered.invitations.get(state="XD").reply, LAW, "yes", at=NOW, reason="صدر القانون"
    )
    later = queries.listed(reader=analyst, round_=answered, language="en")[0]
    assert said[0].startswith("1 of the 4")
    assert "".join(span.text for span in later.spans).startswith("2 of the 4")
    assert Finding.objects.get().words["en"] == "{law.words} have a law."


def test_a_figure_goes_into_a_new_finding_with_one_press(
    client: Client, answered: Round, analyst: Person
) -> None:
    client.force_login(analyst)
    sent = {"path": LAW, "value": "yes", "among": "asked"}
    answer = client.post(reverse("review:figure_use", args=[answered.key]), sent)
    made = Finding.objects.get()
    assert answer["Location"] == reverse("review:finding_edit", args=[answered.key, made.key])
    assert made.figures == {"law_yes": LAWS.as_data()}
    assert set(made.words) == {"ar", "en"}
    shown = client.get(answer["Location"]).content.decode()
    assert "{law_yes}" in shown


def test_two_who_edit_at_once_are_told(answered: Round, analyst: Person, yusuf: Person) -> None:
    made = write(answered, analyst)
    base = queries.base_of(made)
    edit = {
        "round_key": answered.key,
        "key": made.key,
        "kind": FindingKind.FIGURE,
        "figures": {"law": LAWS},
        "theme": "",
        "base": base,
        "at": NOW,
    }
    actions.edit(**edit, words={"en": "One."}, by=analyst)  # type: ignore[arg-type]
    with pytest.raises(problems.FindingChangedMeanwhile):
        actions.edit(**edit, words={"en": "Two."}, by=yusuf)  # type: ignore[arg-type]
    assert Finding.objects.get().words == {"en": "One."}


def test_a_finding_is_taken_out_and_put_back(
    client: Client, answered: Round, analyst: Person
) -> None:
    first, second = write(answered, analyst), write(answered, analyst, words={"en": "Second."})
    client.force_login(analyst)

    def act(key: str, what: str) -> None:
        client.post(reverse("review:finding_act", args=[answered.key, key, what]))

    act(second.key, "up")
    assert [each.key for each in Finding.objects.all()] == [second.key, first.key]
    act(second.key, "remove")
    shown = page(client, "findings", answered)
    assert "Second." not in shown
    assert "restore" in shown
    act(second.key, "restore")
    assert "Second." in page(client, "findings", answered)


def test_only_analysts_write(
    client: Client, answered: Round, reem: Person, omar: Person, salma: Person
) -> None:
    for person in (reem, omar, salma):
        with pytest.raises(problems.NotAnAnalyst):
            write(answered, person)
    assert not Finding.objects.exists()


def test_a_finding_says_something_and_counts_something_that_is_there(
    answered: Round, analyst: Person
) -> None:
    with pytest.raises(problems.EmptyFinding):
        write(answered, analyst, words={"ar": "  "})
    for figure in ({"Law": LAWS}, {"law": Query(path="/data/none")}):
        with pytest.raises(problems.UnreadableFigure):
            write(answered, analyst, figures=figure)


def test_it_takes_no_place_where_nothing_can_be_counted(
    client: Client, answered: Round, analyst: Person
) -> None:
    made = write(answered, analyst)
    client.force_login(analyst)
    client.cookies["django_language"] = "en"
    address = reverse("review:finding_edit", args=[answered.key, made.key])
    sent = {"kind": FindingKind.FIGURE, "theme": "", "base": queries.base_of(made)}

    for place in ("{wal}", "{law.nothing}"):
        answer = client.post(address, {**sent, "words_ar": "", "words_en": f"{place} have a law."})
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "stands for no figure" in page
        assert f"{place} have a law." in page, "what was typed is not lost"
    assert Finding.objects.get().words == made.words


def test_evidence_of_effect_is_counted_apart_from_what_is_only_told(answered: Round) -> None:
    found = queries.effect(reader=OPERATOR, round_=answered, language="en")
    assert found is not None
    # Whether the effect was asked of Corrida follows from an answer for the Secretariat only.
    assert (found.of, found.shown, found.told, found.not_known) == (1, 0, 1, 0)


@pytest.mark.parametrize("format_", ["csv", "json", "xlsx"])
def test_every_figure_can_be_taken_away_and_says_that_it_is_invented(
    client: Client, answered: Round, yusuf: Person, format_: str
) -> None:
    client.force_login(yusuf)
    answer = client.get(reverse("review:findings_export", args=[answered.key, format_]))
    assert "INVENTED" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "no-store"
    if format_ == "json":
        data = json.loads(answer.content)
        yes = next(f for f in data["figures"] if (f["path"], f["value"]) == (LAW, "yes"))
        # One reply alone is not public: nobody is named in what leaves the house.
        assert (yes["n"], yes["of"], yes["withheld"], yes["states"]) == (1, 4, 1, [])
        assert data["is_invented"] is True
    elif format_ == "xlsx":
        sheet = load_workbook(io.BytesIO(answer.content)).active
        assert sheet is not None
        assert sheet.max_row > 10
    else:
        assert answer.content.startswith("\ufeff".encode())


def test_a_table_by_region_hides_small_groups_from_the_public(
    answered: Round, analyst: Person, public: object
) -> None:
    seen = queries.overview(reader=analyst, round_=answered, language="en", by_region=True)
    assert len(seen.regions) == 4
    assert seen.tables[0].rows[0].by_region
    publish(answered, as_at=SENT + timedelta(days=60))
    told = queries.overview(reader=public, round_=answered, language="en", by_region=True)  # type: ignore[arg-type]
    assert list(told.regions) == []
    with pytest.raises(problems.TooFewToTell):
        figures.count(
            reader=public,  # type: ignore[arg-type]
            round_=answered,
            query=Query(path=LAW, region="africa"),
        )


def test_the_command_counts_and_says(answered: Round, analyst: Person) -> None:
    write(answered, analyst)
    out = io.StringIO()
    call_command("review", "findings", answered.key, stdout=out)
    assert "Yes: 1 of the 4 States that were asked" in out.getvalue()
    assert "1 of the 4 States" in out.getvalue().split("*")[1]
    out = io.StringIO()
    call_command("review", "findings", answered.key, "--json", stdout=out)
    told = json.loads(out.getvalue())
    assert told["is_invented"] is True
    assert told["findings"][0]["figures"]["law"]["n"] == 1
    assert len(told["figures"]) == 6 + 4 + 3


# ── what the public may know ─────────────────────────────────────────────────────────────────────
def test_nobody_learns_of_a_round_by_naming_it_as_the_one_before(
    client: Client, answered: Round, form: QuestionnaireVersion, analyst: Person, public: Reader
) -> None:
    earlier = rounds.open_round(form)
    rounds.reply_of(earlier, "XA", {LAW: "no"})
    publish(answered, as_at=NOW)
    since = Query(path=LAW, values=("yes",), changed_since=earlier.key)
    address = queries.address(answered.key, since)
    found = figures.count(reader=public, round_=answered, query=since)
    assert (found.n, found.states, found.not_known) == (0, (), 2)
    # Another analyst's round, and one that is still being prepared, are none to them either.
    for opened_at in (MORNING, None):
        Round.objects.filter(pk=earlier.pk).update(opened_at=opened_at)
        assert client.get(address).status_code in (400, 422)
        with pytest.raises(problems.UnreadableFigure):
            write(answered, analyst, figures={"law": since})
    Round.objects.filter(pk=earlier.pk).update(opened_at=MORNING)
    assert figures.count(reader=OPERATOR, round_=answered, query=since).states == ("XA",)


def test_who_answers_otherwise_is_named_where_both_replies_are_public(
    answered: Round, form: QuestionnaireVersion
) -> None:
    earlier = rounds.open_round(form)
    rounds.reply_of(earlier, "XA", {LAW: "no"}, is_public=False)
    since = Query(path=LAW, values=("yes",), changed_since=earlier.key)
    found = figures.count(reader=OPERATOR, round_=answered, query=since, public=True)
    assert (found.n, found.states) == (1, ())


def test_it_says_that_an_answer_is_withheld_and_not_whose(client: Client, answered: Round) -> None:
    publish(answered, as_at=NOW)
    shown = client.get(queries.address(answered.key, LAWS), headers={"accept-language": "en"})
    found = shown.context["page"]
    assert (found.figure.withheld, found.not_known, found.otherwise) == (1, [], [])
    assert found.names_nobody
    assert "No State is named" in shown.content.decode()


def test_what_is_written_after_a_report_waits_for_the_next_one(
    answered: Round, analyst: Person, public: Reader
) -> None:
    made = write(answered, analyst, words={"en": "As told."}, figures={})
    publish(answered, as_at=NOW + timedelta(days=1))

    def seen(reader: Reader) -> list[str]:
        found = queries.listed(reader=reader, round_=answered, language="en")
        return ["".join(span.text for span in each.spans) for each in found]

    for day, said in ((2, "A thought."), (3, "Another thought.")):
        made.refresh_from_db()
        actions.edit(
            round_key=answered.key,
            key=made.key,
            kind=FindingKind.STATEMENT,
            words={"en": said},
            figures={},
            theme="",
            base=queries.base_of(made),
            by=analyst,
            at=NOW + timedelta(days=day),
        )
        assert (seen(analyst), seen(public)) == ([said], ["As told."])
    actions.add_figure(
        round_key=answered.key, key=made.key, query=LAWS, by=analyst, at=NOW + timedelta(days=4)
    )
    assert seen(public) == ["As told."]
    # What is taken out is taken from everybody at once; the next report tells the new words.
    later = NOW + timedelta(days=9)
    actions.remove(round_key=answered.key, key=made.key, by=analyst, at=later)
    assert seen(public) == []
    actions.restore(round_key=answered.key, key=made.key, by=analyst, at=later)
    assert seen(public) == ["As told."]
    publish(answered, as_at=later, key="s" * 16)
    assert seen(public) == ["Another thought."]
