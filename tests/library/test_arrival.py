from __future__ import annotations

import zipfile
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from django.db import OperationalError, connection

from marsad.directory.types import OPERATOR, Role
from marsad.journal.models import Entry
from marsad.library import problems
from marsad.library.actions import arrival as actions
from marsad.library.models import Arrival, Document, Original, Passage, Version
from marsad.library.queries import arrival as queries
from marsad.library.words import Access, Stage
from tests.library.reports import ARABIC_REPORT, ENGLISH_REPORT, NOON


def receive(data=b"1. A paragraph.", name="a.txt", by=OPERATOR, **said):
    return actions.receive(data=data, name=name, by=by, at=NOON, **said)


# ── what a librarian does ────────────────────────────────────────────────────────────────────────
def test_it_reads_a_file_onto_the_shelf(add):
    arrived = add(ENGLISH_REPORT)

    assert arrived.stage == Stage.DONE
    document = Document.objects.get()
    assert document.symbol == "TEST/COP/WG.9/2023/4"
    assert document.year == 2023
    assert document.recommendations.count() == 3
    assert document.versions.get().is_shown


def test_it_queues_the_reading_when_a_file_arrives(amal, reference_data):
    from procrastinate.contrib.django.models import ProcrastinateJob

    arrived = receive(by=amal)

    job = ProcrastinateJob.objects.get()
    assert job.task_name == "library.read_arrival"
    assert job.args == {"arrival_id": arrived.pk}


def test_it_journals_who_added_what(amal, reference_data):
    arrived = receive(by=amal)

    entry = Entry.objects.get(action="library.arrival.receive")
    assert entry.by == amal
    assert entry.subject_id == str(arrived.pk)
    assert "a.txt" not in str(entry.details)


def test_it_refuses_a_person_who_does_not_curate(reem):
    with pytest.raises(problems.NotALibrarian):
        receive(by=reem)
    assert not Original.objects.exists()


# ── the same bytes, another copy, another language ───────────────────────────────────────────────
def test_it_tells_that_the_same_bytes_are_here(add):
    add(ENGLISH_REPORT)

    with pytest.raises(problems.AlreadyHere, match="Working Group on Tests"):
        receive(data=ENGLISH_REPORT.encode(), name="again.txt")
    assert Version.objects.count() == 1
    assert Original.objects.count() == 1


def test_it_tells_that_the_same_bytes_are_on_their_way(reference_data):
    receive()

    with pytest.raises(problems.OnItsWay):
        receive()
    assert Arrival.objects.count() == 1


def test_it_takes_the_same_bytes_again_after_they_were_refused(add):
    add(b"\x89PNG\r\n\x1a\n" + b"\0" * 200, "picture.txt")

    again = add(b"\x89PNG\r\n\x1a\n" + b"\0" * 200, "picture.txt")

    assert again.stage == Stage.FAILED


def test_it_attaches_another_language_of_a_known_document(shelve):
    english = shelve(ENGLISH_REPORT)

    arabic = shelve(ARABIC_REPORT, "report-ar.txt")

    assert arabic == english
    assert set(english.versions.values_list("language", flat=True)) == {"ar", "en"}
    assert english.versions.filter(is_shown=True).count() == 2
    assert english.recommendations.count() == 3
    assert all(each.texts.count() == 2 for each in english.recommendations.all())


def test_it_attaches_a_copy_that_states_no_symbol(shelve):
    document = shelve(ENGLISH_REPORT)
    without = ENGLISH_REPORT.replace("TEST/COP/WG.9/2023/4\n", "")

    assert shelve(without, "copy.txt") == document


def test_it_keeps_short_notes_of_one_form_apart(shelve):
    note = "The Secretariat transmits the reply of {} to the note verbale of 3 May 2023."

    assert shelve(note.format("Jordan"), "a.txt") != shelve(note.format("Chile"), "b.txt")


def test_it_shows_the_sounder_of_two_copies(shelve):
    stretched = ARABIC_REPORT.replace("الأطراف", "الأطــــراف").replace("العامل", "العــامل")
    document = shelve(stretched, "bad.txt")

    assert shelve(ARABIC_REPORT, "good.txt") == document
    shown = document.versions.get(language="ar", is_shown=True)
    assert shown.file_name == "good.txt"


def test_it_keeps_documents_with_two_symbols_apart(shelve):
    first = shelve(ENGLISH_REPORT)
    second = shelve(ENGLISH_REPORT.replace("WG.9/2023/4", "WG.9/2023/5"), "other.txt")

    assert first != second


def test_it_never_joins_a_restricted_copy_to_a_public_document(shelve):
    public = shelve(ENGLISH_REPORT)

    restricted = shelve(
        ENGLISH_REPORT + "\n",
        "module.txt",
        access=Access.RESTRICTED,
        open_to_roles=[Role.PRACTITIONER.value],
    )

    assert restricted != public
    assert restricted.symbol == public.symbol  # each states it, to its own readers


def test_it_refuses_to_restrict_to_nobody(reference_data):
    with pytest.raises(problems.RestrictedToNobody):
        receive(access=Access.RESTRICTED)


def test_it_refuses_a_role_that_is_on_no_list(reference_data):
    with pytest.raises(problems.UnknownChoice, match="wizard"):
        receive(access=Access.RESTRICTED, open_to_roles=["wizard"])


# ── bad input ────────────────────────────────────────────────────────────────────────────────────
def truncated_docx() -> bytes:
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("word/document.xml", "<w/>" * 1000)
    return whole.getvalue()[:-30]


BAD = {
    "empty": (b"", "empty.txt"),
    "only spaces": (b" \n\n ", "spaces.txt"),
    "a picture renamed": (b"\x89PNG\r\n\x1a\n" + b"\0" * 200, "picture.txt"),
    "a truncated DOCX": (truncated_docx(), "cut.docx"),
    "a truncated PDF": (b"%PDF-1.7\n1 0 obj", "cut.pdf"),
    "no known encoding": (bytes(range(128, 256)) * 40, "codes.txt"),
}


@pytest.mark.parametrize(("data", "name"), BAD.values(), ids=BAD)
def test_it_refuses_what_it_cannot_read_and_stores_nothing_of_it(add, data, name):
    arrived = add(data, name)

    assert arrived.stage == Stage.FAILED
    sentence = queries.sentence(arrived)
    assert name in sentence
    assert "{" not in sentence
    assert not Original.objects.exists()
    assert not Version.objects.exists()
    assert not Passage.objects.exists()
    assert not Document.objects.exists()


def test_it_refuses_a_file_that_is_too_large_before_storing_it(reference_data):
    from marsad import reading

    with pytest.raises(reading.WillNotRead):
        receive(data=b"x" * (reading.Limits().size + 1), name="large.txt")
    assert not Original.objects.exists()


def test_it_takes_a_document_that_is_not_from_the_united_nations(add):
    arrived = add("Dear all,\n\nlunch is at noon.\n", "note.txt")

    assert arrived.stage == Stage.DONE
    document = Document.objects.get()
    assert document.symbol is None
    assert not document.recommendations.exists()


def test_it_says_that_a_text_does_not_look_like_one_of_the_united_nations(add):
    foreign = add("Pancakes\n\nTake two eggs and some flour, and stir well.\n", "pancakes.txt")
    report = add(ENGLISH_REPORT)

    assert (
        "لا تبدو هذه وثيقة من وثائق الأمم المتحدة"
        in queries.one(reader=OPERATOR, key=foreign.key).doubt
    )
    assert "لا تبدو هذه وثيقة من وثائق الأمم المتحدة" in str(
        queries.outcome(reader=OPERATOR, key=foreign.key)["needs_a_person"]
    )
    assert queries.one(reader=OPERATOR, key=report.key).doubt == ""


def test_it_does_not_call_a_document_after_what_a_browser_prints_over_it(shelve):
    document = shelve("11/22/26, 9:59 AM\n1. Two States met to talk of training.\n")

    assert document.versions.get().title == "Two States met to talk of training."


def test_it_leaves_scripts_out_of_a_web_page(add):
    page = f"<html><body><script>steal()</script><p>{'<p>'.join(ENGLISH_REPORT.splitlines())}"

    arrived = add(page, "page.html")

    assert arrived.version is not None
    assert "steal" not in arrived.version.text


# ── a worker that dies ───────────────────────────────────────────────────────────────────────────
def test_it_reads_from_the_start_after_a_worker_died(reference_data, monkeypatch):
    arrived = receive(data=ENGLISH_REPORT.encode())

    class Killed(BaseException):
        """What a signal does to a worker."""

    def die(*args, **kwargs):
        raise Killed

    monkeypatch.setattr(actions.shelf, "settle", die)
    with pytest.raises(Killed):
        actions.read(arrival_id=arrived.pk, at=NOON)
    assert not Version.objects.exists()
    monkeypatch.undo()

    assert actions.read(arrival_id=arrived.pk, at=NOON).stage == Stage.DONE
    assert Version.objects.count() == 1


def test_it_gives_up_a_file_that_stops_its_worker_again_and_again(reference_data):
    arrived = receive(data=ENGLISH_REPORT.encode())
    Arrival.objects.update(attempts=actions.MOST_ATTEMPTS)

    ended = actions.read(arrival_id=arrived.pk, at=NOON)

    assert ended.stage == Stage.FAILED
    assert ended.problem_code == "library.arrival.given-up"
    assert not Original.objects.exists()


def test_it_says_so_when_marsad_itself_is_at_fault(reference_data, monkeypatch, caplog):
    arrived = receive(data=ENGLISH_REPORT.encode())

    def break_down(*args, **kwargs):
        raise ZeroDivisionError("a secret word")

    monkeypatch.setattr(actions, "understand", break_down)
    ended = actions.read(arrival_id=arrived.pk, at=NOON)

    assert ended.problem_code == "library.arrival.unforeseen"
    assert "ZeroDivisionError" in queries.sentence(ended)
    assert "secret" not in queries.sentence(ended) + caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert not Original.objects.exists()


def test_it_does_nothing_when_a_job_is_delivered_twice(add):
    arrived = add(ENGLISH_REPORT)

    again = actions.read(arrival_id=arrived.pk, at=NOON)

    assert again.stage == Stage.DONE
    assert Version.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_it_reads_once_when_a_worker_and_the_command_line_both_try():
    from marsad.directory import loading as directory_loading
    from marsad.library import loading

    directory_loading.load_states()
    loading.load_reference_data(at=NOON)
    arrived = receive(data=ENGLISH_REPORT.encode())

    def read_in_a_thread():
        try:
            return actions.read(arrival_id=arrived.pk, at=NOON).stage
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=2) as both:
        ends = [both.submit(read_in_a_thread) for _turn in range(2)]
        assert [end.result(timeout=60) for end in ends] == [Stage.DONE, Stage.DONE]
    assert Version.objects.count() == 1
    assert Arrival.objects.get().attempts == 1


def test_it_keeps_the_file_when_the_database_stumbles(reference_data, monkeypatch):
    arrived = receive(data=ENGLISH_REPORT.encode())

    def stumble(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr(actions.shelf, "settle", stumble)
    with pytest.raises(OperationalError):
        actions.read(arrival_id=arrived.pk, at=NOON)
    assert Original.objects.exists()
    monkeypatch.undo()

    assert actions.read(arrival_id=arrived.pk, at=NOON).stage == Stage.DONE


@pytest.mark.django_db(transaction=True)
def test_it_takes_the_same_bytes_once_when_they_are_sent_twice_at_once():
    def send():
        try:
            return receive(data=b"1. The same words, sent twice.").key
        except problems.OnItsWay as problem:
            return problem.code
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=2) as both:
        ends = {each.result(timeout=60) for each in [both.submit(send) for _turn in range(2)]}

    assert "library.arrival.on-its-way" in ends
    assert Arrival.objects.count() == 1


def test_it_refuses_a_language_it_does_not_read(reference_data):
    with pytest.raises(problems.UnknownChoice, match="xyz"):
        receive(language="xyz")
