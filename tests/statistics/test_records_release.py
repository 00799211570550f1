"""Figures of records go the way of any file of a State, and small counts stay hidden."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from marsad import privacy
from marsad.directory.models import Body, Membership, Person, State
from marsad.directory.types import OPERATOR, BodyKind, Role
from marsad.journal.models import Entry
from marsad.statistics import problems, store
from marsad.statistics.actions import arrival as arrivals
from marsad.statistics.actions import edition as editions
from marsad.statistics.actions import record as actions
from marsad.statistics.actions import record_codes as codes
from marsad.statistics.actions import record_release as releases
from marsad.statistics.actions import source as sources
from marsad.statistics.models import CodeLists, Edition, RecordArrival, RecordEdition, Release
from marsad.statistics.queries import figures, record_codes, record_counts, record_rights
from marsad.statistics.records import codebook, counting, keeping
from marsad.statistics.records.counting import Wanted
from marsad.tabulation.questions import ask
from tests.review import rounds
from tests.statistics.record_files import many, victim, written

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
LATER = NOON + timedelta(days=30)
VICTIMS = ask("Detected trafficking victims")


@pytest.fixture(autouse=True)
def place(tmp_path: Path, settings: Any) -> None:
    """A data root and a secret of its own for every story."""
    settings.DEMO = True
    settings.DATA_ROOT = str(tmp_path / "root")
    settings.RECORDS_KEY = "only for the tests of this room, nothing else"


@pytest.fixture
def states(db: None) -> dict[str, State]:
    return rounds.states()


def worker(name: str, role: Role, state: State, body: str) -> Person:
    person = Person.objects.create_user(f"{name.lower()}@state.example", name=name)
    kept, _made = Body.objects.get_or_create(
        kind=BodyKind.MINISTRY, state=state, name_en=body, name_ar=body
    )
    Membership.objects.create(person=person, body=kept, role=role, from_date=date(2020, 1, 1))
    return person


@pytest.fixture
def salma(states: dict[str, State]) -> Person:
    """The focal point of Arkia."""
    return worker("Salma", Role.FOCAL_POINT, states["XA"], "Coordination")


@pytest.fixture
def tariq(states: dict[str, State]) -> Person:
    """Keeps the records of the police of Arkia."""
    return worker("Tariq", Role.EXPERT, states["XA"], "Police")


@pytest.fixture
def huda(states: dict[str, State]) -> Person:
    """Keeps the records of a shelter in Arkia."""
    return worker("Huda", Role.EXPERT, states["XA"], "Shelter")


@pytest.fixture
def omar(states: dict[str, State]) -> Person:
    """The focal point of Bahrestan."""
    return worker("Omar", Role.FOCAL_POINT, states["XB"], "Coordination of Bahrestan")


def body_of(person: Person) -> int:
    return int(person.memberships.get().body_id)


def bring(file: Path, by: Person, *, at: datetime = NOON, **more: Any) -> RecordEdition:
    arrival = actions.read(file, state="XA", body_id=body_of(by), by=by, at=at, **more)
    return actions.take(key=arrival.key, by=by, at=at)


@pytest.fixture
def police(tmp_path: Path, tariq: Person) -> RecordEdition:
    """Twelve women and two men of 2024."""
    rows = [
        *many(12, prefix="W"),
        *many(2, prefix="M", sex="male", purpose="organ_removal", citizenship="EGY"),
    ]
    return bring(written(tmp_path, rows, name="police.csv"), tariq)


def by_year() -> dict[int, tuple[int, int]]:
    return {row["year"]: (row["low"], row["high"]) for row in figures.series(VICTIMS)}


# ── bringing in ──────────────────────────────────────────────────────────────────────────────────
def test_records_are_read_shown_and_then_taken(tmp_path: Path, tariq: Person) -> None:
    file = written(tmp_path, many(3, prefix="V"))
    arrival = actions.read(file, state="XA", body_id=body_of(tariq), by=tariq, at=NOON)
    assert (arrival.rows, arrival.refused, arrival.kinds) == (3, 0, {"victim": 3})
    assert not RecordEdition.objects.exists()
    edition = actions.take(key=arrival.key, by=tariq, at=NOON)
    assert (edition.number, edition.rows, edition.kinds) == (1, 3, {"victim": 3})
    with pytest.raises(problems.RecordsDecided):
        actions.take(key=arrival.key, by=tariq, at=NOON)


def test_a_later_file_is_added_and_the_same_record_replaced(
    tmp_path: Path, tariq: Person, police: RecordEdition
) -> None:
    later = written(tmp_path, [victim("W-0", sex="male"), victim("N-1")], name="later.csv")
    added = bring(later, tariq, at=LATER)
    assert (added.number, added.rows) == (2, 15)
    whole = bring(later, tariq, at=LATER + timedelta(days=1), replaces=True)
    assert (whole.number, whole.rows) == (3, 2)
    back = actions.restore(key=added.key, by=tariq, at=LATER + timedelta(days=2))
    assert (back.number, back.rows, back.restores) == (4, 15, added)
    with pytest.raises(problems.RecordsDecided):
        actions.restore(key=added.key, by=tariq, at=LATER)


def test_records_read_with_another_secret_are_not_added(
    tmp_path: Path, tariq: Person, police: RecordEdition, huda: Person, settings: Any
) -> None:
    """The secret was lost with a machine: the same twelve would be counted as twelve others."""
    settings.RECORDS_KEY = "what another machine of the house has made for itself"
    again = written(tmp_path, many(12, prefix="W"), name="again.csv")
    for who in (tariq, huda):
        with pytest.raises(problems.AnotherSecret, match="MARSAD_RECORDS_KEY"):
            bring(again, who, at=LATER)
    # All of them brought in again in place of those that are there: nobody stands there twice.
    assert bring(again, tariq, at=LATER, replaces=True).rows == 12
    assert bring(again, huda, at=LATER).rows == 12


def test_nothing_is_taken_where_a_row_is_refused(tmp_path: Path, tariq: Person) -> None:
    file = written(tmp_path, [victim("V-1"), victim("V-2", sex="robot")])
    arrival = actions.read(file, state="XA", body_id=body_of(tariq), by=tariq, at=NOON)
    assert (arrival.digest, arrival.refused) == ("", 1)
    with pytest.raises(problems.RecordsRefused, match=r"records\.csv"):
        actions.take(key=arrival.key, by=tariq, at=NOON)


def test_records_put_aside_leave_the_data_root(
    tmp_path: Path, tariq: Person, django_capture_on_commit_callbacks: Any
) -> None:
    file = written(tmp_path, many(2, prefix="V"))
    arrival = actions.read(file, state="XA", body_id=body_of(tariq), by=tariq, at=NOON)
    assert store.get(arrival.digest, suffix=actions.SUFFIX).exists()
    with django_capture_on_commit_callbacks(execute=True):
        actions.put_aside(key=arrival.key, by=tariq, at=NOON)
    with pytest.raises(problems.DataMissing):
        store.get(arrival.digest, suffix=actions.SUFFIX)


def test_the_file_itself_is_never_kept(tmp_path: Path, police: RecordEdition) -> None:
    for kept in (tmp_path / "root").rglob("*.*"):
        data = kept.read_bytes()
        assert b"W-1" not in data
        assert kept.name.endswith(".records.parquet")


def test_nobody_else_reads_or_brings_the_records_of_a_body(
    tmp_path: Path, police: RecordEdition, yusuf: Person, huda: Person, salma: Person, omar: Person
) -> None:
    tariq_body = police.holding.body_id
    file = written(tmp_path, many(1, prefix="X"))
    arrival = RecordArrival.objects.get()
    for other in (yusuf, huda, salma, omar):
        assert not record_rights.holdings(other).filter(pk=police.holding_id).exists()
        with pytest.raises(problems.NoSuchRecordArrival):
            record_rights.arrival_for(other, key=arrival.key)
        with pytest.raises(problems.NoSuchRecordEdition):
            actions.restore(key=police.key, by=other, at=NOON)
        with pytest.raises(problems.NoSuchHolding):
            actions.read(file, state="XA", body_id=tariq_body, by=other, at=NOON)
    # A body of another State cannot be named either.
    with pytest.raises(problems.NoSuchHolding):
        actions.read(file, state="XA", body_id=body_of(omar), by=OPERATOR, at=NOON)


def test_the_journal_says_who_brought_how_many_and_nothing_of_them(police: RecordEdition) -> None:
    lines = Entry.objects.filter(action__startswith="statistics.records.").order_by("id")
    assert [line.action for line in lines] == [
        "statistics.records.read",
        "statistics.records.take",
    ]
    assert lines[1].details == {"number": 1, "rows": 14}
    assert "police.csv" not in str([line.details for line in lines])


def test_the_database_refuses_to_change_an_edition_of_records(police: RecordEdition) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        RecordEdition.objects.update(digest="0" * 64)


# ── counting ─────────────────────────────────────────────────────────────────────────────────────
def counted(reader: Any, **more: Any) -> dict[tuple[str, str, str], str]:
    found = record_counts.count(state="XA", wanted=Wanted(**more), reader=reader)
    return {
        (cell.figure.category, cell.figure.sex, cell.figure.age): cell.value
        for cell in found.cells
        if cell.figure.indicator == "Detected trafficking victims"
    }


def test_small_counts_are_ranges_and_cannot_be_worked_out(
    police: RecordEdition, salma: Person
) -> None:
    values = counted(salma, breakdowns=("sex", "form"))
    assert values["Total", "Total", "Total"] == "14"
    assert values["Total", "Male", "Total"] == "<5"
    # The women are withheld as well: with the total they would give the men away.
    assert values["Total", "Female", "Total"] == "10-13"
    assert values["Organ removal", "Total", "Total"] == "<5"


def test_a_person_whom_several_bodies_recorded_counts_once(
    tmp_path: Path, police: RecordEdition, huda: Person, salma: Person
) -> None:
    rows = [victim("W-0", purpose="sexual_exploitation"), victim("W-1", year="2023")]
    bring(written(tmp_path, rows, name="shelter.csv"), huda)
    found = record_counts.count(state="XA", wanted=Wanted(), reader=salma)
    assert found.joined == 1
    assert found.in_several_forms
    totals = {
        cell.figure.year: cell.value
        for cell in found.cells
        if cell.figure == counting.Figure(indicator=counting.VICTIMS, year=cell.figure.year)
    }
    assert totals == {2023: "<5", 2024: "14"}


def test_presumed_victims_can_be_left_out_and_others_never_count(
    tmp_path: Path, tariq: Person, salma: Person
) -> None:
    rows = [
        *many(9, prefix="C"),
        *many(7, prefix="P", identification="possible", decided_by=""),
        *many(6, prefix="N", identification="not_a_victim"),
    ]
    bring(written(tmp_path, rows), tariq)
    assert counted(salma, breakdowns=())["Total", "Total", "Total"] == "16"
    only = counted(salma, breakdowns=(), with_presumed=False)
    assert only == {("Total", "Total", "Total"): "9"}


def test_perpetrators_count_at_every_stage_and_events_as_offences(
    tmp_path: Path, tariq: Person, salma: Person
) -> None:
    rows = [
        *(
            {
                "kind": "perpetrator",
                "perp_key": f"P-{n}",
                "year": "2024",
                "stage": "suspected convicted",
            }
            for n in range(6)
        ),
        *({"kind": "event", "event_id": f"E-{n}", "year": "2024"} for n in range(7)),
        {"kind": "event", "event_id": "E-9", "year": "2024", "event_status": "unfounded"},
    ]
    bring(written(tmp_path, rows), tariq)
    found = record_counts.count(state="XA", wanted=Wanted(breakdowns=()), reader=salma)
    assert {cell.figure.indicator: cell.value for cell in found.cells} == {
        "Offences of trafficking in persons": "7",
        "Persons brought into formal contact": "6",
        "Persons convicted": "6",
    }


def test_only_the_focal_point_counts_and_never_below_three(
    police: RecordEdition, salma: Person, tariq: Person, yusuf: Person, omar: Person
) -> None:
    for other in (tariq, yusuf, omar):
        with pytest.raises(problems.NotYoursToRelease):
            record_counts.count(state="XA", wanted=Wanted(), reader=other)
    with pytest.raises(privacy.ThresholdTooLow):
        record_counts.count(state="XA", wanted=Wanted(threshold=2), reader=salma)
    with pytest.raises(problems.NoRecords):
        record_counts.count(state="XA", wanted=Wanted(first_year=2030), reader=salma)
    wrong = Wanted(first_year=2024, last_year=2020)
    with pytest.raises(problems.YearsTurned):
        record_counts.count(state="XA", wanted=wrong, reader=salma)
    with pytest.raises(problems.NoReasonToRelease):
        record_counts.count(state="XA", wanted=Wanted(indicators=()), reader=salma)


# ── consent is withdrawn ─────────────────────────────────────────────────────────────────────────
def withdraws(folder: Path, *keys: str, **more: str) -> Path:
    rows = [victim(key, consent="withdrawn", **more) for key in keys]
    return written(folder, rows, name="withdrawn.csv")


def held(edition: RecordEdition) -> list[dict[str, Any]]:
    file = store.get(edition.digest, suffix=record_counts.SUFFIX)
    return list(keeping.load([file], ["sex", "education"]))


def test_whoever_withdraws_consent_leaves_every_edition_and_does_not_come_back(
    tmp_path: Path,
    tariq: Person,
    police: RecordEdition,
    django_capture_on_commit_callbacks: Any,
) -> None:
    before = police.digest
    second = bring(written(tmp_path, many(2, prefix="N")), tariq, at=NOON + timedelta(days=1))
    with django_capture_on_commit_callbacks(execute=True):
        third = bring(withdraws(tmp_path, "W-0", "W-1", year="2025"), tariq, at=LATER)
    police.refresh_from_db()
    second.refresh_from_db()
    assert [each.rows for each in (police, second, third)] == [12, 14, 14]
    assert [each.taken_out for each in (police, second, third)] == [2, 2, 0]
    assert [len(held(each)) for each in (police, second, third)] == [12, 14, 14]
    with pytest.raises(problems.DataMissing):
        store.get(before, suffix=record_counts.SUFFIX)
    # Nothing brings them back: neither an earlier edition, nor a file that does not know of it.
    again = actions.restore(key=police.key, by=tariq, at=LATER + timedelta(days=1))
    assert again.rows == 12
    later = LATER + timedelta(days=2)
    assert bring(written(tmp_path, many(3, prefix="W")), tariq, at=later).rows == 12
    alone = bring(written(tmp_path, many(3, prefix="W")), tariq, at=later, replaces=True)
    assert alone.rows == 1
    # Only the person does.
    given = written(tmp_path, [victim("W-0", consent="given")])
    assert bring(given, tariq, at=later + timedelta(days=1)).rows == 2


def test_records_that_a_stopped_process_left_behind_are_taken_out_at_night(
    tmp_path: Path,
    tariq: Person,
    police: RecordEdition,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = police.digest
    monkeypatch.setattr(actions, "_forget_later", lambda digest: None)
    bring(withdraws(tmp_path, "W-0"), tariq, at=LATER)
    waits = actions.read(
        written(tmp_path, many(3, prefix="N")),
        state="XA",
        body_id=body_of(tariq),
        by=tariq,
        at=NOON,
    )
    now = timezone.now()
    actions.forget_left(at=now)
    assert store.is_whole(before, suffix=record_counts.SUFFIX)  # it may be of somebody who is at it
    actions.forget_left(at=now + timedelta(hours=2))
    left = set(store.digests(suffix=record_counts.SUFFIX, before=now + timedelta(hours=2)))
    assert before not in left
    assert left == {*RecordEdition.objects.values_list("digest", flat=True), waits.digest}


def test_a_file_that_only_says_who_withdrew_is_taken(tmp_path: Path, police: RecordEdition) -> None:
    arrival = actions.read(
        withdraws(tmp_path, "W-0"), state="XA", body_id=None, by=OPERATOR, at=LATER
    )
    assert "consent-withdrawn" in arrival.remarks["counts"]
    assert arrival.kinds == {}
    assert actions.take(key=arrival.key, by=OPERATOR, at=LATER).rows == 0


def test_what_was_published_of_those_who_withdrew_can_be_made_again(
    tmp_path: Path, tariq: Person, police: RecordEdition, salma: Person
) -> None:
    first = releases.release(state="XA", wanted=Wanted(), by=salma, at=NOON)
    editions.verify(key=first.edition.key, by=salma, at=NOON)
    said = record_counts._told(first)
    bring(withdraws(tmp_path, "W-0"), tariq, at=LATER)
    # The figures stand as they were published, and whom they counted is known still.
    assert by_year() == {2024: (14, 14)}
    assert record_counts._told(Release.objects.get(pk=first.pk)).people == said.people
    # That one person left is not told by a later release, and many who come may be told of.
    after = LATER + timedelta(days=1)
    with pytest.raises(problems.TellsTogether):
        releases.release(state="XA", wanted=Wanted(breakdowns=()), by=salma, at=after)
    bring(written(tmp_path, many(30, prefix="N")), tariq, at=after)
    second = releases.release(state="XA", wanted=Wanted(breakdowns=()), by=salma, at=after)
    editions.verify(key=second.edition.key, by=salma, at=after)
    assert by_year() == {2024: (43, 43)}
    # Of what is left of a record nothing else is: neither its other variables nor its place.
    police.refresh_from_db()
    file = store.get(police.digest, suffix=record_counts.SUFFIX)
    (left,) = [row for row in pq.read_table(file).to_pylist() if row["withdrawn"]]
    told = {name for name, value in left.items() if value is not None}
    assert told <= {"kind", "key", "year", "codes", "part", "row", "withdrawn"} | {
        f"v_{name}" for name in counting.NEEDED
    }
    assert left["key"] not in {row["key"] for row in held(police)}


def test_a_release_that_waits_is_not_verified_once_somebody_in_it_withdrew(
    tmp_path: Path, tariq: Person, police: RecordEdition, salma: Person
) -> None:
    release = releases.release(state="XA", wanted=Wanted(), by=salma, at=NOON)
    bring(withdraws(tmp_path, "W-0"), tariq, at=LATER)
    with pytest.raises(problems.ConsentWithdrawnSince):
        editions.verify(key=release.edition.key, by=salma, at=LATER)
    assert Release.objects.get().edition.published_at is None


# ── released ─────────────────────────────────────────────────────────────────────────────────────
def test_a_release_waits_for_verification_and_then_counts(
    police: RecordEdition, salma: Person
) -> None:
    release = releases.release(state="XA", wanted=Wanted(), by=salma, at=NOON)
    assert release.edition.published_at is None
    assert release.tally["small"] > 0
    with pytest.raises(problems.NothingInForce):
        figures.series(VICTIMS)
    editions.verify(key=release.edition.key, by=salma, at=LATER)
    assert by_year() == {2024: (14, 14)}
    rows = figures.rows().to_pyarrow().to_pylist()
    men = next(
        row
        for row in rows
        if (row["sex"], row["age"]) == ("Male", "Total") and row["dimension"] == "Total"
    )
    assert (men["low"], men["high"], men["censoring"]) == (1, 4, "censored")
    assert men["source"] == "Records of the State, release 1"


def uploaded(folder: Path, *rows: tuple[int, int]) -> Path:
    lines = ["indicator,dimension,category,sex,age,year,unit,value"]
    key = "Detected trafficking victims,Total,Total,Total,Total"
    lines += [f"{key},{year},Counts,{value}" for year, value in rows]
    file = folder / "own.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def own_figures(folder: Path, salma: Person) -> Edition:
    source = sources.of_state(iso2="XA", at=NOON)
    arrival = arrivals.read(
        uploaded(folder, (2023, 40), (2024, 99)), source=source.code, by=salma, at=NOON
    )
    own = arrivals.take(key=arrival.key, by=salma, at=NOON)
    return editions.verify(key=own.key, by=salma, at=NOON)


def test_a_release_leaves_the_other_years_and_can_be_withdrawn(
    tmp_path: Path, police: RecordEdition, salma: Person
) -> None:
    own = own_figures(tmp_path, salma)
    assert by_year() == {2023: (40, 40), 2024: (99, 99)}
    first = releases.release(state="XA", wanted=Wanted(), by=salma, at=LATER)
    editions.verify(key=first.edition.key, by=salma, at=LATER)
    assert by_year() == {2023: (40, 40), 2024: (14, 14)}
    second = releases.release(state="XA", wanted=Wanted(threshold=10), by=salma, at=LATER)
    assert second.before == own
    editions.verify(key=second.edition.key, by=salma, at=LATER)
    with pytest.raises(problems.ReleaseNotInForce):
        releases.withdraw(key=first.key, by=salma, at=LATER)
    releases.withdraw(key=second.key, by=salma, at=LATER + timedelta(days=1))
    assert by_year() == {2023: (40, 40), 2024: (99, 99)}
    with pytest.raises(problems.ReleaseNotInForce):
        releases.withdraw(key=second.key, by=salma, at=LATER)
    # What comes next has the State's own figures beside it again.
    third = releases.release(state="XA", wanted=Wanted(), by=salma, at=LATER + timedelta(days=2))
    editions.verify(key=third.edition.key, by=salma, at=LATER + timedelta(days=2))
    assert by_year() == {2023: (40, 40), 2024: (14, 14)}
    actions_told = Entry.objects.filter(action__startswith="statistics.records.")
    assert "statistics.records.withdraw" in {line.action for line in actions_told}


def test_a_release_with_nothing_before_it_is_withdrawn_to_nothing(
    police: RecordEdition, salma: Person
) -> None:
    release = releases.release(state="XA", wanted=Wanted(), by=salma, at=NOON)
    editions.verify(key=release.edition.key, by=salma, at=NOON)
    releases.withdraw(key=release.key, by=salma, at=LATER)
    assert Release.objects.get().withdrawn_at == LATER
    with pytest.raises(problems.NothingInForce):
        figures.series(VICTIMS)


def test_nobody_else_releases_or_withdraws(
    police: RecordEdition, salma: Person, tariq: Person, yusuf: Person, omar: Person
) -> None:
    release = releases.release(state="XA", wanted=Wanted(), by=salma, at=NOON)
    for other in (tariq, yusuf, omar):
        with pytest.raises((problems.NotYoursToRelease, problems.NoSuchRelease)):
            releases.withdraw(key=release.key, by=other, at=NOON)
        with pytest.raises(problems.NotYoursToRelease):
            releases.release(state="XA", wanted=Wanted(), by=other, at=NOON)


def test_how_the_states_own_files_are_read_is_remembered_beside_a_release(
    tmp_path: Path, police: RecordEdition, salma: Person
) -> None:
    own = own_figures(tmp_path, salma)
    before = own.source.mapping
    releases.release(state="XA", wanted=Wanted(), by=salma, at=LATER)
    own.source.refresh_from_db()
    assert own.source.mapping == before


# ── code lists ───────────────────────────────────────────────────────────────────────────────────
def another() -> bytes:
    import json

    told = codebook.load("2026-1").as_json()
    told["version"] = "2027-1"
    return json.dumps(told).encode()


def test_another_version_of_the_code_lists_takes_their_place_for_what_comes(
    tmp_path: Path, police: RecordEdition, tariq: Person, salma: Person, yusuf: Person
) -> None:
    codes.upload(data=another(), name="x.json", by=yusuf, at=LATER)
    assert record_codes.current().version == "2027-1"
    assert record_codes.versions() == ["2027-1", "2026-1"]
    arrival = actions.read(
        written(tmp_path, [victim("Z-1")]), state="XA", body_id=body_of(tariq), by=tariq, at=LATER
    )
    assert arrival.codes == "2027-1"
    assert police.arrival is not None
    assert police.arrival.codes == "2026-1"
    actions.take(key=arrival.key, by=tariq, at=LATER)
    # Records of both versions are counted together, each by its own.
    assert counted(salma, breakdowns=())["Total", "Total", "Total"] == "15"
    with pytest.raises(problems.CodesThere):
        codes.upload(data=another(), name="x.json", by=yusuf, at=LATER)
    with pytest.raises(DatabaseError), transaction.atomic():
        CodeLists.objects.update(version="other")


def test_code_lists_are_for_the_secretariat_to_replace(salma: Person, tariq: Person) -> None:
    for other in (salma, tariq):
        with pytest.raises(problems.NoSuchCodes):
            codes.upload(data=another(), name="x.json", by=other, at=NOON)


def test_a_secret_that_is_too_short_is_told(tmp_path: Path, tariq: Person, settings: Any) -> None:
    settings.RECORDS_KEY = "short"
    with pytest.raises(problems.SecretTooShort):
        bring(written(tmp_path, [victim("V-1")]), tariq)


def test_where_no_secret_is_given_one_is_made_and_kept(tmp_path: Path, settings: Any) -> None:
    from marsad.statistics.secret import records_secret

    settings.RECORDS_KEY = None
    settings.MARSAD_HOME = tmp_path / "home"
    first = records_secret()
    assert len(first) >= 32
    assert records_secret() == first
    assert (tmp_path / "home" / "records-key").stat().st_mode & 0o077 == 0


def test_no_other_secret_is_made_where_records_are_held(
    tmp_path: Path, police: RecordEdition, tariq: Person, settings: Any
) -> None:
    """The key was lost, or another machine has none: the same people must not count twice."""
    settings.RECORDS_KEY = None
    settings.MARSAD_HOME = tmp_path / "another-home"
    with pytest.raises(problems.SecretGone) as told:
        bring(written(tmp_path, many(12, prefix="W")), tariq, at=LATER)
    assert "MARSAD_RECORDS_KEY" in str(told.value)
    assert not (tmp_path / "another-home" / "records-key").exists()
    assert RecordEdition.objects.count() == 1


def test_of_two_secrets_only_one_is_taken(
    tmp_path: Path, tariq: Person, huda: Person, settings: Any
) -> None:
    """Two machines read at once, before either has taken anything."""
    told = []
    for who in (tariq, huda):
        settings.RECORDS_KEY = f"the secret of the machine that {who.name} sends the file to"
        file = written(tmp_path, many(12, prefix="W"))
        told.append(actions.read(file, state="XA", body_id=body_of(who), by=who, at=NOON))
    actions.take(key=told[0].key, by=tariq, at=NOON)
    with pytest.raises(problems.AnotherSecret):
        actions.take(key=told[1].key, by=huda, at=NOON)


def test_records_of_another_secret_that_stand_again_are_known(
    tmp_path: Path, tariq: Person, police: RecordEdition, settings: Any
) -> None:
    settings.RECORDS_KEY = "what another machine of the house has made for itself"
    again = written(tmp_path, many(12, prefix="W"))
    bring(again, tariq, at=LATER, replaces=True)
    actions.restore(key=police.key, by=tariq, at=LATER)
    with pytest.raises(problems.AnotherSecret):
        bring(again, tariq, at=LATER)


def test_nothing_is_released_of_two_secrets(
    tmp_path: Path, tariq: Person, huda: Person, salma: Person, settings: Any
) -> None:
    """Tariq brought all of his in again with a new secret, Huda did not yet."""
    file = written(tmp_path, many(12, prefix="W"))
    bring(file, tariq)
    bring(file, huda)
    settings.RECORDS_KEY = "what another machine of the house has made for itself"
    bring(file, tariq, at=LATER, replaces=True)
    with pytest.raises(problems.SecretsDiffer):
        record_counts.count(state="XA", wanted=Wanted(breakdowns=()), reader=salma)
    bring(file, huda, at=LATER, replaces=True)
    found = record_counts.count(state="XA", wanted=Wanted(breakdowns=()), reader=salma)
    assert [each.value for each in found.cells] == ["12"]


def test_years_released_with_another_secret_are_not_released_again(
    tmp_path: Path, tariq: Person, police: RecordEdition, salma: Person, settings: Any
) -> None:
    """One came since, and by other hashes nobody sees that it is one."""
    release = releases.release(state="XA", wanted=Wanted(breakdowns=()), by=salma, at=LATER)
    editions.verify(key=release.edition.key, by=salma, at=LATER)
    settings.RECORDS_KEY = "what another machine of the house has made for itself"
    bring(written(tmp_path, many(15, prefix="W")), tariq, at=LATER, replaces=True)
    with pytest.raises(problems.ReleasedByAnotherSecret, match="٢٠٢٤"):
        record_counts.count(state="XA", wanted=Wanted(breakdowns=()), reader=salma)


# ── asked for on its page ────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("breakdowns", "few"),
    [
        (["sex", "form_sex"], ("Total", "Male", "Total")),
        (["age", "form_sex"], ("Total", "Total", "0 to 17 years")),
        (list(counting.BREAKDOWNS), ("Total", "Male", "0 to 17 years")),
    ],
)
def test_a_page_hides_a_small_group_of_whom_no_form_is_recorded(
    tmp_path: Path,
    tariq: Person,
    salma: Person,
    client: Client,
    breakdowns: list[str],
    few: tuple[str, str, str],
) -> None:
    men = many(2, prefix="M", sex="male", age="15", purpose="")
    bring(written(tmp_path, [*many(12, prefix="W"), *men]), tariq)
    client.force_login(salma)
    answer = client.get(
        reverse("statistics:record_release", args=["XA"]),
        {
            "indicators": [counting.VICTIMS],
            "breakdowns": breakdowns,
            "who": "detected",
            "threshold": "5",
        },
        headers={"accept-language": "en"},
    )
    assert answer.status_code == 200
    cells = answer.context["counted"].cells
    values = {(cell.what, cell.sex, cell.age): cell.value for cell in cells}
    assert values["Total", "Total", "Total"] == "14"
    assert values[few] == "<5"
    # How many have no form recorded is a cell of nothing.
    assert {what for what, _sex, _age in values} <= {
        "Total",
        "Forced labour",
        "Syrian Arab Republic",
    }


def test_of_whom_no_form_is_recorded_a_later_release_may_tell_with_many_more(
    tmp_path: Path, tariq: Person, salma: Person
) -> None:
    wanted = Wanted(breakdowns=("sex", "form_sex"))
    men = many(2, prefix="M", sex="male", purpose="")
    bring(written(tmp_path, [*many(12, prefix="W"), *men]), tariq)
    first = releases.release(state="XA", wanted=wanted, by=salma, at=NOON)
    editions.verify(key=first.edition.key, by=salma, at=NOON)
    come = [*many(20, prefix="N"), *many(20, prefix="O", sex="male", purpose="")]
    bring(written(tmp_path, come, name="later.csv"), tariq, at=LATER)
    found = record_counts.count(state="XA", wanted=wanted, reader=salma)
    assert sum(cell.shown.kind == "small" for cell in found.cells) == 0
