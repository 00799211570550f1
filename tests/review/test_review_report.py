"""The report: built from its round, written block by block, published and found again."""

from __future__ import annotations

import io
import json
import threading
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from marsad.design.formatting import Digits, Formatter
from marsad.directory.models import Person, State
from marsad.directory.types import OPERATOR, UnGroup
from marsad.library.actions.document import withdraw
from marsad.library.loading import load_reference_data
from marsad.library.queries import document as library
from marsad.library.queries import recommendation as recommendations
from marsad.library.queries import search as searching
from marsad.library.queries.export import document_file
from marsad.problems import Problem
from marsad.review import problems
from marsad.review.actions import answer as answers
from marsad.review.actions import report as actions
from marsad.review.actions import theme as themes
from marsad.review.composing import Piece
from marsad.review.exports import report as exports
from marsad.review.exports.front import first_page
from marsad.review.models import Block, Reply, Report, Round
from marsad.review.queries import report as queries
from marsad.review.structuring import structured
from marsad.review.types.figure import Query
from marsad.review.types.report import Composed
from marsad.review.words import BlockKind
from tests.review import rounds
from tests.review.rounds import LAW, LAW_WHICH, SHELTER

pytestmark = pytest.mark.django_db
SOONER = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 8, 20, 9, 0, tzinfo=UTC)
TITLES = {"ar": "تقرير عن القانون والضحايا", "en": "Report on law and victims"}
WORDS = "صدر قانون لمكافحة الاتجار بالأشخاص يعاقب على الشروع فيه أيضا وعلى المساهمة فيه."


@pytest.fixture
def answered(round_: Round) -> Round:
    """Three of the four States replied; one keeps an answer for the Secretariat."""
    rounds.reply_of(round_, "XA", {LAW: "yes", LAW_WHICH: WORDS})
    rounds.reply_of(round_, "XB", {LAW: "no"}, is_public=False)
    rounds.reply_of(
        round_,
        "XC",
        {LAW: "yes", SHELTER: "Five shelters, in five towns."},
        confidential=(SHELTER,),
    )
    return round_


@pytest.fixture
def report(answered: Round, yusuf: Person) -> Report:
    """Begun by an officer of the Secretariat."""
    return actions.begin(
        round_key=answered.key, titles=TITLES, symbol="CTOC/COP/WG.4/2026/2", by=yusuf, at=LATER
    )


def whole(report: Report, language: str = "en") -> Composed:
    return queries.composed(reader=OPERATOR, report=report, language=language)


def text_of(composed: Composed) -> str:
    return "\n".join("".join(span.text for span in each.spans) for each in composed.passages)


def block_of(report: Report, kind: BlockKind) -> Block:
    return queries.blocks_of(report).filter(kind=kind).order_by("ordinal")[0]


def test_it_is_laid_out_as_reports_of_the_conference_are(report: Report) -> None:
    english, arabic = whole(report), whole(report, "ar")
    chapters = [
        "".join(span.text for span in each.spans)
        for each in english.passages
        if each.kind in ("chapter", "annex")
    ]
    assert chapters == [
        "Introduction",
        "Findings",
        "Conclusions",
        "Recommendations",
        "Table of figures",
    ]
    numbers = [each.number for each in english.passages if each.number]
    assert numbers == list(range(1, len(numbers) + 1))
    assert [each.anchor for each in english.passages] == [each.anchor for each in arabic.passages]
    sections = [each.printed for each in arabic.passages if each.kind == "section"]
    assert sections[:2] == ["ألف", "باء"]


def test_its_figures_are_counted_and_what_is_not_known_stays(report: Report) -> None:
    english = text_of(whole(report))
    assert "“Yes”, 2 of the 3 States that were asked" in english
    assert "The Secretariat invited 4 States to reply" in english
    assert "٢" in text_of(whole(report, "ar"))


def test_it_names_the_states_that_replied_in_the_order_of_the_language(report: Report) -> None:
    english = next(each for each in whole(report).passages if each.kind == "states")
    assert list(english.states) == ["XA", "XB", "XC"]
    assert "Arkia, Bahrestan and Corrida." in "".join(span.text for span in english.spans)


def test_it_quotes_only_what_everybody_may_read(report: Report) -> None:
    extracts = [each for each in whole(report).passages if each.kind == "extract"]
    assert [each.spans[0].text for each in extracts] == [WORDS]
    assert "Arkia" in extracts[0].source
    assert "Which law?" in extracts[0].source
    everything = exports.write(whole(report), format="json").data.decode()
    assert "Five shelters" not in everything
    assert WORDS in everything


def test_it_cannot_be_made_to_quote_what_is_confidential(report: Report, yusuf: Person) -> None:
    hidden = report.round.invitations.get(state="XC").reply.answers.get(path=SHELTER)
    with pytest.raises(problems.NotQuotable):
        actions.add(
            key=report.key,
            kind=BlockKind.EXTRACT,
            about={"answer": hidden.key},
            by=yusuf,
            at=LATER,
        )


def test_only_analysts_see_a_draft(report: Report, salma: Person, public: AnonymousUser) -> None:
    for reader in (salma, public):
        with pytest.raises(problems.NoSuchReport):
            queries.report_for(reader, round_key=report.round.key, key=report.key)
        assert queries.listed(reader=reader, round_=report.round, language="en") == []


def test_who_does_not_analyse_begins_no_report(answered: Round, salma: Person) -> None:
    with pytest.raises(problems.NotAnAnalyst):
        actions.begin(round_key=answered.key, titles=TITLES, by=salma, at=LATER)


# ── writing ──────────────────────────────────────────────────────────────────────────────────────
def test_two_who_edit_one_block_at_once_are_told(report: Report, yusuf: Person) -> None:
    block = block_of(report, BlockKind.CONCLUSION)
    first = {"ar": "قول أول.", "en": "The first."}
    actions.edit(
        key=report.key, block=block.key, words=first, base=block.revision, by=yusuf, at=LATER
    )
    with pytest.raises(problems.BlockChangedMeanwhile):
        actions.edit(
            key=report.key,
            block=block.key,
            words={"ar": "قول ثان.", "en": "The second."},
            base=block.revision,
            by=yusuf,
            at=LATER,
        )
    block.refresh_from_db()
    assert block.words == first


def test_it_says_where_words_say_what_the_answers_do_not(report: Report, yusuf: Person) -> None:
    block = block_of(report, BlockKind.FIGURE)
    words = {"ar": "أجابت اثنتا عشرة دولة: {yes}.", "en": "Twelve States answered {yess}."}
    actions.edit(
        key=report.key, block=block.key, words=words, base=block.revision, by=yusuf, at=LATER
    )
    with override("en"):
        found = queries.cautions(report, reader=yusuf)
    said = [each.says for each in found if each.block == block.key]
    assert any("Twelve" in each and "2" in each for each in said)
    assert any("{yess}" in each for each in said)
    assert any("اثنتا عشرة" in each for each in said)


def test_what_was_taken_out_can_be_put_back_in_its_place(report: Report, yusuf: Person) -> None:
    before = [each.key for each in queries.blocks_of(report)]
    actions.remove(key=report.key, block=before[3], by=yusuf, at=LATER)
    assert before[3] not in [each.key for each in queries.blocks_of(report)]
    actions.put_back(key=report.key, block=before[3], by=yusuf, at=LATER)
    assert [each.key for each in queries.blocks_of(report)] == before


def test_a_block_moves_by_one_place_and_back(report: Report, yusuf: Person) -> None:
    before = [each.key for each in queries.blocks_of(report)]
    actions.move(key=report.key, block=before[2], earlier=True, by=yusuf, at=LATER)
    moved = [each.key for each in queries.blocks_of(report)]
    assert moved[:3] == [before[0], before[2], before[1]]
    actions.move(key=report.key, block=before[2], earlier=False, by=yusuf, at=LATER)
    assert [each.key for each in queries.blocks_of(report)] == before


def test_a_figure_that_counts_nothing_is_refused(report: Report, yusuf: Person) -> None:
    block = block_of(report, BlockKind.CONCLUSION)
    for name, query in (("Law", Query(path=LAW)), ("law", Query(path="/data/none"))):
        with pytest.raises(problems.FigureNotUnderstood):
            actions.set_figure(
                key=report.key, block=block.key, name=name, query=query, by=yusuf, at=LATER
            )


# ── publishing ───────────────────────────────────────────────────────────────────────────────────
def publish(report: Report, by: Person) -> Report:
    return actions.publish(key=report.key, by=by, at=LATER, confirmed=True)


def test_warnings_must_be_seen_before_it_is_published(report: Report, yusuf: Person) -> None:
    block = block_of(report, BlockKind.CONCLUSION)
    words = {"ar": "أجابت {replied} دول.", "en": "Of 19 States, {replied} replied."}
    actions.edit(
        key=report.key, block=block.key, words=words, base=block.revision, by=yusuf, at=LATER
    )
    with pytest.raises(problems.NotSeenYet):
        actions.publish(key=report.key, by=yusuf, at=LATER)
    assert publish(report, yusuf).document is not None


def test_a_regional_group_of_so_few_that_a_figure_tells_of_each_is_not_published(
    report: Report, yusuf: Person
) -> None:
    block = block_of(report, BlockKind.CONCLUSION)
    few = Query(path=LAW, values=("yes",), region=UnGroup.AFRICA)
    # It could be chosen while more had replied than do when it is published.
    report.blocks.filter(pk=block.pk).update(figures={"replied": few.as_data()})
    assert "few" in [each.kind for each in queries.cautions(report, reader=yusuf)]
    with pytest.raises(problems.TooFewToTell):
        publish(report, yusuf)


def test_a_figure_of_a_group_of_few_is_refused_at_once_and_what_was_typed_stays(
    client: Client, report: Report, yusuf: Person
) -> None:
    client.force_login(yusuf)
    block = block_of(report, BlockKind.CONCLUSION)
    query = json.dumps(Query(path=LAW, values=("yes",)).as_data(), sort_keys=True)
    typed = {
        "block": block.key,
        "name": "law",
        "counts": query,
        "among": "replied",
        "region": "africa",
    }
    page = client.post(address(report, "act", "figure"), typed, follow=True)
    assert str(problems.TooFewToTell()) in unescape(page.content.decode())
    form = page.context["figure_form"]
    assert {name: form[name].value() for name in ("name", "counts", "region")} == {
        "name": "law",
        "counts": query,
        "region": "africa",
    }
    block.refresh_from_db()
    assert "law" not in block.figures


def test_a_figure_can_be_of_one_regional_group(
    client: Client, report: Report, yusuf: Person, states: dict[str, State]
) -> None:
    # All of one group: nobody is left who could be told by subtracting it.
    State.objects.filter(iso2__in=states).update(un_group=UnGroup.AFRICA)
    for number in range(4):
        code = f"Y{number}"
        State.objects.create(
            iso2=code,
            iso3=f"{code}X",
            kind="member",
            names={"ar": code, "en": code},
            un_group=UnGroup.AFRICA,
            is_invented=True,
        )
        rounds.reply_of(report.round, code, {LAW: "yes"})
    client.force_login(yusuf)
    block = block_of(report, BlockKind.CONCLUSION)
    typed = {
        "block": block.key,
        "name": "law",
        "counts": json.dumps(Query(path=LAW, values=("yes",)).as_data(), sort_keys=True),
        "among": "replied",
    }
    for region, status in (("atlantis", 422), ("africa", 302)):
        sent = {**typed, "region": region}
        assert client.post(address(report, "act", "figure"), sent).status_code == status
    block.refresh_from_db()
    assert Query.of(block.figures["law"]).region == "africa"
    assert "few" not in [each.kind for each in queries.cautions(report, reader=yusuf)]


def test_a_report_that_lacks_words_in_a_language_is_not_published(
    report: Report, yusuf: Person
) -> None:
    block = block_of(report, BlockKind.CONCLUSION)
    actions.edit(
        key=report.key,
        block=block.key,
        words={"en": "Only here."},
        base=block.revision,
        by=yusuf,
        at=LATER,
    )
    with pytest.raises(problems.WordsMissing):
        publish(report, yusuf)


def test_published_before_its_day_it_speaks_of_the_day_it_is_published(
    answered: Round, yusuf: Person
) -> None:
    early = actions.begin(round_key=answered.key, titles=TITLES, by=yusuf, at=SOONER)
    assert "By 31 July 2026, 3 of the 4 States invited had replied" in text_of(whole(early))
    published = actions.publish(key=early.key, by=yusuf, at=SOONER, confirmed=True)
    assert published.as_at == SOONER
    assert "By 10 April 2026, 3 of the 4 States invited had replied" in text_of(whole(published))


def test_a_draft_names_no_day_to_come(report: Report) -> None:
    today = timezone.now()
    report.as_at = today + timedelta(days=90)
    assert (
        f"By {Formatter(language='en', digits=Digits.LATIN).date(timezone.localdate(today))},"
        in text_of(whole(report))
    )


def test_published_after_midnight_it_bears_the_day_it_is_in_vienna(
    report: Report, yusuf: Person
) -> None:
    late = datetime(2026, 8, 31, 22, 30, tzinfo=UTC)  # half past midnight in Vienna
    published = actions.publish(key=report.key, by=yusuf, at=late, confirmed=True)
    composed = whole(published)
    with override("en"):
        lines = first_page(composed, formatter=Formatter(language="en", digits=Digits.LATIN))
    assert "1 September 2026" in [*lines.leading, *lines.trailing]
    assert structured(composed).structure.document_date == "2026-09-01"
    archive = zipfile.ZipFile(io.BytesIO(exports.write(composed, format="docx").data))
    assert "2026-09-01" in archive.read("docProps/core.xml").decode()


def test_only_the_secretariat_publishes(report: Report, analyst: Person) -> None:
    with pytest.raises(problems.NotTheSecretariat):
        publish(report, analyst)


def test_it_is_found_again_in_the_library_in_both_languages(
    report: Report, yusuf: Person, public: AnonymousUser
) -> None:
    published = publish(report, yusuf)
    assert published.document is not None
    for words in ("conclusions rest on what", "الدول المجيبة"):
        found = searching.search(reader=public, typed=words)
        hits = [hit for hit in found.hits if hit.document_key == published.document.key]
        assert hits, words
        assert all(hit.is_sample for hit in hits)


def test_its_recommendations_are_in_the_index(
    report: Report, yusuf: Person, public: AnonymousUser
) -> None:
    published = publish(report, yusuf)
    assert published.document is not None
    rows, count = recommendations.index(
        reader=public,
        choice=recommendations.Choice(document=published.document.key),
        language="ar",
    )
    assert count == 3
    assert rows[0].addressee_labels != rows[2].addressee_labels
    assert rows[0].language == "ar"
    assert rows[0].text.startswith("ينبغي للدول الأطراف")
    page = library.page(reader=public, key=published.document.key, language="en")
    assert page.card.is_sample
    assert page.card.symbol == "CTOC/COP/WG.4/2026/2"
    assert [iso2 for _label, states in page.states for iso2, *_rest in states] == ["XA", "XB", "XC"]


def test_its_structure_goes_out_as_akoma_ntoso_and_json(
    report: Report, yusuf: Person, public: AnonymousUser
) -> None:
    published = publish(report, yusuf)
    assert published.document is not None
    for language in ("ar", "en"):
        for kind in ("akn", "json", "docx", "pdf", "text"):
            made = document_file(
                reader=public, key=published.document.key, format=kind, language=language
            )
            assert len(made.data) > 500
    akn = document_file(reader=public, key=published.document.key, format="akn", language="ar")
    assert b'eId="para_1"' in akn.data
    assert b'eId="sec_1"' in akn.data


def test_a_published_report_stays_as_it_was_and_tells_what_changed(
    report: Report, yusuf: Person
) -> None:
    published = publish(report, yusuf)
    before = text_of(whole(published))
    assert queries.changed_since(reader=yusuf, report=published, language="en") == []
    reply = published.round.invitations.get(state="XB").reply
    rounds.write(reply, LAW, "yes", at=LATER + timedelta(days=2))
    assert text_of(whole(published)) == before
    changed = queries.changed_since(reader=yusuf, report=published, language="en")
    assert {(each.was.n, each.now.n) for each in changed} >= {(2, 3), (1, 0)}
    with pytest.raises(problems.ReportPublished):
        actions.edit(
            key=report.key,
            block=block_of(report, BlockKind.FIGURE).key,
            words={},
            base=1,
            by=yusuf,
            at=LATER,
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        Block.objects.filter(report=published).update(words={})


def test_it_is_told_that_an_extract_may_no_longer_be_quoted_and_what_to_do(
    client: Client, report: Report, yusuf: Person, salma: Person
) -> None:
    load_reference_data(at=LATER)
    published = publish(report, yusuf)
    client.force_login(yusuf)
    assert client.get(address(report)).context["unquotable"] == []
    answers.save(
        reply_key=Reply.objects.get(invitation__state="XA").key,
        path=LAW_WHICH,
        value=WORDS,
        base=1,
        is_confidential=True,
        reason="It names people.",
        by=salma,
        at=LATER + timedelta(days=1),
    )
    with override("en"):
        (found,) = queries.no_longer_quotable(reader=yusuf, report=published, language="en")
    assert (found.state_name, found.question) == ("Arkia", "Which law?")
    assert found.paragraph
    assert WORDS in text_of(whole(published))
    page = client.get(address(report))
    assert len(page.context["unquotable"]) == 1
    assert 'id="unquotable"' in page.content.decode()
    client.logout()
    page = client.get(address(report))
    assert page.status_code == 200
    assert page.context["unquotable"] == []
    # Withdrawn from the library, the public reads it on the page of the round neither.
    assert published.document is not None
    withdraw(document=published.document.key, by=OPERATOR, at=LATER + timedelta(days=2))
    assert client.get(address(report)).status_code == 404
    assert client.get(address(report, "as", "json")).status_code == 404
    client.force_login(yusuf)
    assert client.get(address(report)).status_code == 200


def test_a_theme_that_is_renamed_later_keeps_its_name_in_what_was_published(
    report: Report, yusuf: Person
) -> None:
    load_reference_data(at=LATER)
    labels = {"ar": "اسم قديم", "en": "An old name"}
    theme = themes.add(round_key=report.round.key, labels=labels, by=yusuf, at=LATER)
    actions.add(
        key=report.key,
        kind=BlockKind.PARAGRAPH,
        words={"ar": "{x}", "en": "{x}"},
        queries_by_name={"x": Query(theme=theme.code)},
        by=yusuf,
        at=LATER,
    )
    published = publish(report, yusuf)
    before = {code: exports.write(whole(published, code), format="json").data for code in TITLES}
    assert "An old name" in before["en"].decode()
    themes.rename(
        round_key=report.round.key,
        code=theme.code,
        labels={"ar": "اسم جديد", "en": "Brand new"},
        by=yusuf,
        at=LATER + timedelta(days=3),
    )
    for code, data in before.items():
        assert exports.write(whole(published, code), format="json").data == data


def test_a_symbol_that_is_taken_stops_the_second_report_whole(
    report: Report, yusuf: Person
) -> None:
    publish(report, yusuf)
    second = actions.begin(
        round_key=report.round.key, titles=TITLES, symbol=report.symbol, by=yusuf, at=LATER
    )
    with pytest.raises(Problem) as caught, transaction.atomic():
        publish(second, yusuf)
    assert caught.value.code == "library.document.symbol-taken"
    second.refresh_from_db()
    assert second.published_at is None


@pytest.mark.django_db(transaction=True)
def test_no_state_hides_an_answer_while_the_report_that_quotes_it_is_published(
    report: Report, yusuf: Person, salma: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_reference_data(at=LATER)
    reply = Reply.objects.get(invitation__state="XA")
    given = reply.answers.get(path=LAW_WHICH)
    refused: list[BaseException] = []

    def hide() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '300ms'")
            answers.save(
                reply_key=reply.key,
                path=LAW_WHICH,
                value=given.value,
                base=1,
                is_confidential=True,
                reason="It names people.",
                by=salma,
                at=LATER,
            )
        except DatabaseError as problem:
            refused.append(problem)
        finally:
            connection.close()

    real = queries.hindrance

    def meanwhile(report: Report, pieces: Sequence[Piece]) -> Problem | None:
        thread = threading.Thread(target=hide)
        thread.start()
        thread.join(20)
        return real(report, pieces)

    monkeypatch.setattr(queries, "hindrance", meanwhile)
    published = publish(report, yusuf)
    assert WORDS in text_of(whole(published))
    assert refused, "it was hidden after it was read, and frozen nevertheless"


# ── files ────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("language", ["ar", "en"])
def test_word_has_numbers_footnotes_direction_and_the_mark_on_every_page(
    report: Report, language: str
) -> None:
    made = exports.write(whole(report, language), format="docx")
    assert made.file_name.startswith("INVENTED-CTOC-COP-WG.4-2026-2")
    archive = zipfile.ZipFile(io.BytesIO(made.data))
    body = archive.read("word/document.xml").decode()
    notes = archive.read("word/footnotes.xml").decode()
    heads = "".join(archive.read(name).decode() for name in archive.namelist() if "/header" in name)
    mark = "دول مخترعة" if language == "ar" else "invented States"
    assert ("<w:bidiVisual/>" in body) == (language == "ar")
    assert body.count("w:footnoteReference") > 5
    assert ("٣١ تموز/يوليه ٢٠٢٦" if language == "ar" else "31 July 2026") in notes
    assert mark in heads or language == "ar"
    assert any(name.endswith(".png") for name in archive.namelist())


@pytest.mark.parametrize("language", ["ar", "en"])
def test_pdf_is_made_in_both_languages(report: Report, language: str) -> None:
    made = exports.write(whole(report, language), format="pdf")
    assert made.data.startswith(b"%PDF")


def test_json_carries_every_figure_with_its_query_and_moment(report: Report) -> None:
    made = exports.write(whole(report), format="json")
    data = json.loads(made.data)
    assert data["is_invented"]
    assert data["marks"]
    figures = [each for passage in data["passages"] for each in passage["figures"].values()]
    assert figures
    assert all({"query", "n", "of", "not_known", "at"} <= set(each) for each in figures)
    # Bahrestan's reply is not public: it is counted, and named nowhere with an answer.
    named = {state for each in figures if each["query"].get("path") for state in each["states"]}
    assert "XB" not in named


def test_a_report_comes_in_no_other_format(report: Report) -> None:
    with pytest.raises(problems.UnknownReportFormat):
        exports.write(whole(report), format="exe")


# ── pages ────────────────────────────────────────────────────────────────────────────────────────
def address(report: Report, *rest: str) -> str:
    return "/".join(["/review", report.round.key, "report", report.key, *rest, ""])


def test_each_figure_on_the_page_leads_to_its_answers(
    client: Client, report: Report, yusuf: Person
) -> None:
    client.force_login(yusuf)
    page = client.get(address(report), {"language": "en"}).content.decode()
    assert f"/review/{report.round.key}/figures/?path=%2Fdata%2Fa%2Flaw&amp;value=yes" in page
    assert "<svg" in page
    assert "style=" not in page


def test_its_page_reads_the_answers_once_for_words_and_charts(
    client: Client, report: Report, yusuf: Person
) -> None:
    assert block_of(report, BlockKind.CHART)
    client.force_login(yusuf)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address(report)).status_code == 200
    assert sum("ARRAY_AGG" in each["sql"] for each in asked.captured_queries) == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"words_en": "So[^a].", "notes_en": "a: One.\nTwo."}, "Line 2 does not begin"),
        ({"words_en": "So[^a].", "notes_en": "a: One.\na: Two."}, "The mark of line 2 has"),
        ({"notes_en": "a: One."}, "The footnote “a” stands nowhere."),
        ({"words_en": "So[^b]."}, "[^b] leads to no footnote."),
        ({"words_en": "So[^a].", "notes_ar": "a: واحدة"}, "The footnote “a” stands nowhere."),
        ({"words_en": "So[^a].", "notes_en": "a: One."}, ""),
    ],
)
def test_a_footnote_that_would_be_lost_is_refused(
    client: Client, report: Report, yusuf: Person, typed: dict[str, str], said: str
) -> None:
    client.force_login(yusuf)
    block = block_of(report, BlockKind.CONCLUSION)
    words = {"words_ar": "خلاصة.", "words_en": "A conclusion.", "base": "1"}
    answer = client.post(
        address(report, "blocks", block.key),
        {**words, **typed},
        headers={"Accept-Language": "en"},
    )
    assert answer.status_code == (422 if said else 302)
    assert said in unescape(answer.content.decode())
    block.refresh_from_db()
    assert bool(block.notes) is not bool(said)


@pytest.mark.parametrize("what", ["", "edit", "front", "add", "publish"])
def test_the_pages_of_a_draft_open_to_an_officer(
    client: Client, report: Report, yusuf: Person, what: str
) -> None:
    client.force_login(yusuf)
    assert client.get(address(report, *filter(None, [what]))).status_code == 200
    assert client.get(f"/review/{report.round.key}/report/").status_code == 200
    assert client.get(f"/review/{report.round.key}/report/new/").status_code == 200


def test_a_draft_is_absent_for_everybody_else(
    client: Client, report: Report, salma: Person
) -> None:
    assert client.get(address(report)).status_code == 404
    client.force_login(salma)
    for what in ("", "edit", "publish", "as/pdf"):
        assert client.get(address(report, *filter(None, [what]))).status_code in (403, 404)


def test_a_report_is_begun_edited_and_published_on_its_pages(
    client: Client, answered: Round, yusuf: Person
) -> None:
    client.force_login(yusuf)
    begun = client.post(
        f"/review/{answered.key}/report/new/",
        {
            "title_ar": TITLES["ar"],
            "title_en": TITLES["en"],
            "symbol": "CTOC/COP/WG.4/2026/3",
            "as_at": "2026-03-31",
            "session": "١٤",
        },
    )
    report = Report.objects.get()
    assert begun.status_code == 302
    assert report.front["session"] == 14
    block = block_of(report, BlockKind.CONCLUSION)
    typed = {"words_ar": "خلاصة: {replied}.", "words_en": "Of 19: {replied}.", "base": "1"}
    assert client.post(address(report, "blocks", block.key), typed).status_code == 302
    clash = client.post(address(report, "blocks", block.key), {**typed, "words_en": "Mine."})
    assert clash.status_code == 409
    assert "Mine." in clash.content.decode()
    undone = client.get(address(report, "edit")).content.decode()
    assert "report__caution" in undone
    read = client.get(address(report, "publish")).context["card"].revision
    assert client.post(address(report, "publish"), {"revision": read}).status_code in (409, 422)
    seen = {"confirmed": "on", "revision": read}
    assert client.post(address(report, "publish"), seen).status_code == 302
    client.logout()
    assert client.get(address(report)).status_code == 200
    made = client.get(address(report, "as", "pdf"), {"language": "ar"})
    assert made["Content-Disposition"].startswith('attachment; filename="INVENTED-')
    assert client.get(address(report, "edit")).status_code in (302, 403, 404)


def test_words_that_came_after_it_was_read_are_not_published(
    client: Client, report: Report, yusuf: Person, analyst: Person
) -> None:
    client.force_login(yusuf)
    page = client.get(address(report, "publish"))
    shown = page.context["card"].revision
    assert f'name="revision" value="{shown}"' in page.content.decode()
    words = {"ar": "كلام لم يره أحد.", "en": "Words nobody saw."}
    actions.add(key=report.key, kind=BlockKind.PARAGRAPH, words=words, by=analyst, at=LATER)
    seen = {"confirmed": "on", "revision": shown}
    refused = client.post(address(report, "publish"), seen)
    assert refused.status_code == 409
    report.refresh_from_db()
    assert report.published_at is None


def test_blocks_are_added_and_taken_out_on_the_page_with_a_way_back(
    client: Client, report: Report, yusuf: Person
) -> None:
    client.force_login(yusuf)
    first = queries.blocks_of(report)[0]
    for typed in (
        {"kind": "paragraph"},
        {"kind": "chart", "path": LAW},
        {"kind": "figure", "path": LAW},
    ):
        added = client.post(f"{address(report, 'add')}?after={first.key}", typed)
        assert added.status_code == 302
    found = client.get(address(report, "add"), {"question": LAW_WHICH}).content.decode()
    assert WORDS in found
    client.post(address(report, "act", "remove"), {"block": first.key})
    assert (
        'action="' + address(report, "act", "put-back")
        in client.get(address(report, "edit")).content.decode()
    )
    client.post(address(report, "act", "put-back"), {"block": first.key})
    assert queries.blocks_of(report)[0].key == first.key
    query = json.dumps({"path": LAW, "among": "replied", "values": ["no"]}, sort_keys=True)
    block = block_of(report, BlockKind.CONCLUSION)
    set_ = {"block": block.key, "name": "none", "counts": query, "among": "asked"}
    assert client.post(address(report, "act", "figure"), set_).status_code == 302
    block.refresh_from_db()
    assert block.figures["none"]["path"] == LAW


def test_a_figure_taken_out_by_mistake_comes_back_as_it_was(
    client: Client, report: Report, yusuf: Person
) -> None:
    client.force_login(yusuf)
    query = Query(path=LAW, values=("yes",), among="asked")
    words = {"ar": "{x}", "en": "{x}"}
    block = actions.add(
        key=report.key,
        kind=BlockKind.PARAGRAPH,
        words=words,
        queries_by_name={"x": query},
        by=yusuf,
        at=LATER,
    )
    client.post(address(report, "act", "drop-figure"), {"block": block.key, "name": "x"})
    undo = client.get(address(report, "blocks", block.key)).context["undo"]
    assert client.post(undo["address"], undo["fields"]).status_code == 302
    block.refresh_from_db()
    assert Query.of(block.figures["x"]) == query
    for wrong in (
        "[]",
        "{",
        '{"path": "/data/a/law", "values": 3}',
        '{"path": "/data/a/law", "region": "atlantis"}',
    ):
        typed = {**undo["fields"], "query": wrong}
        assert client.post(undo["address"], typed).status_code == 422


def test_a_theme_can_be_counted_on_the_page(client: Client, report: Report, yusuf: Person) -> None:
    load_reference_data(at=LATER)
    labels = {"ar": "المآوي", "en": "Shelters"}
    theme = themes.add(round_key=report.round.key, labels=labels, by=yusuf, at=LATER)
    client.force_login(yusuf)
    block = block_of(report, BlockKind.CONCLUSION)
    query = json.dumps(Query(theme=theme.code).as_data(), sort_keys=True)
    typed = {"block": block.key, "name": "x", "counts": query, "among": "invited"}
    assert client.post(address(report, "act", "figure"), typed).status_code == 302
    block.refresh_from_db()
    assert Query.of(block.figures["x"]) == Query(theme=theme.code, among="invited")


def test_a_draft_that_others_went_on_writing_is_not_thrown_away(
    client: Client, report: Report, yusuf: Person, analyst: Person
) -> None:
    client.force_login(yusuf)
    seen = client.get(address(report, "edit")).context["card"].revision
    words = {"ar": "كلام جديد.", "en": "New words."}
    actions.add(key=report.key, kind=BlockKind.PARAGRAPH, words=words, by=analyst, at=LATER)
    away = address(report, "act", "discard")
    assert client.post(away, {"revision": seen}).status_code == 409
    assert Report.objects.exists()
    now = client.get(address(report, "edit")).context["card"].revision
    assert client.post(away, {"revision": now}).status_code == 302
    assert not Report.objects.exists()


# ── the command ──────────────────────────────────────────────────────────────────────────────────
def test_the_command_begins_writes_and_publishes(
    answered: Round, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pdf, data = tmp_path / "report.pdf", tmp_path / "report.json"
    call_command(
        *("review", "report", answered.key, "--begin", "--symbol", "CTOC/COP/WG.4/2026/4"),
        *("--format", "pdf", "--language", "ar", "--output", str(pdf)),
    )
    assert pdf.read_bytes().startswith(b"%PDF")
    call_command("review", "report", answered.key, "--publish", "--confirm")
    published = Report.objects.get()
    assert published.document is not None
    assert published.document.key in capsys.readouterr().out
    call_command("review", "report", answered.key, "--format", "json", "--output", str(data))
    assert json.loads(data.read_text(encoding="utf-8"))["published_at"]


def test_the_command_says_where_there_is_no_report(answered: Round) -> None:
    with pytest.raises(problems.NothingPublishedYet):
        call_command("review", "report", answered.key, "--format", "json")
