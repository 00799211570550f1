"""Figures come in, wait for their State, are in force, and can be looked at as they were."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from marsad.directory.models import Body, Membership, Person, State
from marsad.directory.types import OPERATOR, BodyKind, Role
from marsad.journal.models import Entry
from marsad.statistics import problems, store
from marsad.statistics.actions import arrival as arrivals
from marsad.statistics.actions import edition as editions
from marsad.statistics.actions import source as sources
from marsad.statistics.actions import standing
from marsad.statistics.models import Arrival, Edition, Prepared, Standing
from marsad.statistics.queries import figures, rights
from marsad.statistics.words import Stage
from marsad.tabulation.errors import NoSuchFile
from marsad.tabulation.questions import ask

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
LATER = NOON + timedelta(days=30)
SHARED = Path(os.environ.get("MARSAD_SHARED") or Path(__file__).parents[2].parent / "shared")
VICTIMS = ask("Detected trafficking victims")
HEADING = "country,indicator,dimension,category,sex,age,year,unit,value"


def written(folder: Path, *rows: str, name: str = "figures.csv") -> Path:
    """A file of figures of our own making; a row says country, year, value."""
    lines = [HEADING]
    for row in rows:
        country, year, value = row.split()
        key = "Detected trafficking victims,Total,Total,Total,Total"
        lines.append(f'{country},{key},{year},Counts,"{value}"')
    file = folder / name
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


@pytest.fixture(autouse=True)
def data_root(tmp_path: Path, settings: Any) -> Path:
    """A data root of its own for every story."""
    settings.DATA_ROOT = str(tmp_path / "root")
    return tmp_path / "root"


@pytest.fixture
def jordan(db: None) -> State:
    return State.objects.get_or_create(
        iso2="JO", defaults={"iso3": "JOR", "kind": "member", "names": {"en": "Jordan"}}
    )[0]


@pytest.fixture
def salma(jordan: State) -> Person:
    """The focal point of the State."""
    person = Person.objects.create_user("salma@state.example", name="Salma")
    body = Body.objects.create(
        kind=BodyKind.NATIONAL_COORDINATION, state=jordan, name_en="Coordination", name_ar="تنسيق"
    )
    Membership.objects.create(
        person=person, body=body, role=Role.FOCAL_POINT, from_date=date(2020, 1, 1)
    )
    return person


def bring(file: Path, source: str, *, by: Any = OPERATOR, at: datetime = NOON) -> Edition:
    """Read a file and take it in."""
    arrival = arrivals.read(file, source=source, by=by, at=at)
    return arrivals.take(key=arrival.key, by=by, at=at)


def by_year(*, at: datetime | None = None) -> dict[int, tuple[int, int]]:
    return {row["year"]: (row["low"], row["high"]) for row in figures.series(VICTIMS, at=at)}


@pytest.fixture
def collection(tmp_path: Path) -> Edition:
    """What a collection published: a range for a small count is kept as one."""
    sources.collection(code="glotip", at=NOON)
    rows = ("JOR 2018 12", "JOR 2019 <5", "EGY 2018 1,282", "EGY 2019 40")
    return bring(written(tmp_path, *rows), "glotip")


def test_a_public_collection_is_in_force_at_once(collection: Edition) -> None:
    assert by_year() == {2018: (1294, 1294), 2019: (41, 44)}
    assert collection.number == 1


def test_nothing_is_read_where_nothing_is_in_force() -> None:
    with pytest.raises(problems.NothingInForce):
        figures.series(VICTIMS)


def test_figures_of_a_state_wait_until_its_focal_point_verified_them(
    collection: Edition, tmp_path: Path, salma: Person, jordan: State
) -> None:
    source = sources.of_state(iso2="JO", at=NOON)
    own = bring(written(tmp_path, "JOR 2019 7", "JOR 2020 9"), source.code, by=salma, at=LATER)
    assert own.published_at is None
    assert 2020 not in by_year()
    editions.verify(key=own.key, by=salma, at=LATER)
    # Its own figures take the place of the collection's for the years it gives, and for no others.
    assert by_year() == {2018: (1294, 1294), 2019: (47, 47), 2020: (9, 9)}
    assert by_year(at=NOON) == {2018: (1294, 1294), 2019: (41, 44)}
    with pytest.raises(problems.AlreadyDecided):
        editions.verify(key=own.key, by=salma, at=LATER)


def test_nobody_else_brings_in_or_verifies_figures_of_a_state(
    tmp_path: Path, salma: Person, yusuf: Person, reem: Person, jordan: State
) -> None:
    source = sources.of_state(iso2="JO", at=NOON)
    file = written(tmp_path, "JOR 2019 7")
    for other in (yusuf, reem):
        with pytest.raises(problems.NoSuchSource):
            arrivals.read(file, source=source.code, by=other, at=NOON)
    own = bring(file, source.code, by=salma)
    for other in (yusuf, reem):
        with pytest.raises(problems.NoSuchEdition):
            editions.verify(key=own.key, by=other, at=NOON)
    assert own in rights.visible_editions(yusuf)
    assert own in rights.visible_editions(salma)
    assert own not in rights.visible_editions(reem)


def test_a_file_with_a_row_that_cannot_be_understood_changes_nothing(
    collection: Edition, tmp_path: Path
) -> None:
    file = written(tmp_path, "JOR 2021 14", "JOR 20021 3", name="next.csv")
    arrival = arrivals.read(file, source="glotip", by=OPERATOR, at=LATER)
    assert (arrival.refused, arrival.digest) == (1, "")
    with pytest.raises(problems.RowsRefused, match="20021"):
        arrivals.take(key=arrival.key, by=OPERATOR, at=LATER)
    assert Edition.objects.count() == 1
    assert 2021 not in by_year()


def test_a_newer_edition_is_in_force_and_the_older_one_stays_readable(
    collection: Edition, tmp_path: Path
) -> None:
    newer = bring(written(tmp_path, "JOR 2018 13", name="newer.csv"), "glotip", at=LATER)
    assert newer.number == 2
    assert by_year() == {2018: (13, 13)}
    assert by_year(at=LATER - timedelta(seconds=1))[2018] == (1294, 1294)
    assert Standing.objects.count() == 2


def test_of_two_editions_published_at_once_both_are_in_force(
    collection: Edition, tmp_path: Path
) -> None:
    sources.collection(code="sdg", at=NOON)
    # It waited while the other was published, and its clock was read before that.
    file = written(tmp_path, "TUN 2019 6", name="waited.csv")
    bring(file, "sdg", at=NOON - timedelta(seconds=1))
    assert by_year()[2019] == (47, 50)
    assert figures.in_force().editions.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_editions_that_are_to_stand_again_at_once_do_so_one_after_the_other(
    collection: Edition, tmp_path: Path
) -> None:
    second = bring(written(tmp_path, "JOR 2018 13", name="second.csv"), "glotip", at=NOON)
    bring(written(tmp_path, "JOR 2018 14", name="third.csv"), "glotip", at=NOON)
    together = Barrier(2)

    def restore(edition: Edition) -> int:
        try:
            together.wait()
            return editions.restore(key=edition.key, by=OPERATOR, at=LATER).number
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as two:
        assert sorted(two.map(restore, (collection, second))) == [4, 5]


@pytest.mark.django_db(transaction=True)
def test_two_that_are_withdrawn_at_once_are_withdrawn_one_after_the_other(
    collection: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each put the other's edition together with what stands, and held its own: a deadlock."""
    sources.collection(code="sdg", at=NOON)
    other = bring(written(tmp_path, "TUN 2019 6", name="sdg.csv"), "sdg", at=NOON)
    put_together, together = standing._put_together, Barrier(2)

    def slowly(parts: Sequence[Edition]) -> tuple[str, int]:
        time.sleep(0.5)
        return put_together(parts)

    def withdraw(edition: Edition) -> bool:
        try:
            together.wait()
            return editions.withdraw(key=edition.key, by=OPERATOR, at=LATER).withdrawn_at == LATER
        finally:
            connection.close()

    monkeypatch.setattr(standing, "_put_together", slowly)
    with ThreadPoolExecutor(2) as two:
        assert all(two.map(withdraw, (collection, other)))
    with pytest.raises(problems.NothingInForce):
        figures.series(VICTIMS)


def test_a_file_that_was_put_aside_is_not_taken(collection: Edition, tmp_path: Path) -> None:
    arrival = arrivals.read(written(tmp_path, "JOR 2018 13"), source="glotip", by=OPERATOR, at=NOON)
    arrivals.put_aside(key=arrival.key, by=OPERATOR, at=NOON)
    with pytest.raises(problems.AlreadyDecided):
        arrivals.take(key=arrival.key, by=OPERATOR, at=NOON)


def test_the_database_refuses_to_change_an_edition(collection: Edition) -> None:
    for change in (
        lambda: Edition.objects.update(digest="0" * 64),
        lambda: Standing.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_files_lie_under_the_name_of_their_content_and_are_written_once(
    collection: Edition, data_root: Path, tmp_path: Path
) -> None:
    kept = sorted(data_root.rglob("*.*"))
    assert store.get(collection.digest, suffix=".parquet") in kept
    assert all(store.digest_of(file) == file.stem for file in kept)
    bring(tmp_path / "figures.csv", "glotip", at=LATER)
    assert sorted(data_root.rglob("*.*")) == kept


def meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[], Any]) -> None:
    """Have something happen, once, while a file is being read."""
    looked, left = arrivals._looked, [act]

    def while_reading(*args: Any, **told: Any) -> Any:
        found = looked(*args, **told)
        if left:
            left.pop()()
        return found

    monkeypatch.setattr(arrivals, "_looked", while_reading)


def test_what_is_decided_while_a_file_is_read_stays_decided(
    tmp_path: Path, salma: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Salma puts a file aside while the worker reads it; of another she tells the columns."""
    source = sources.of_state(iso2="JO", at=NOON)
    file = written(tmp_path, "JOR 2019 7")
    aside = arrivals.receive(file, source=source.code, by=salma, at=NOON)
    meanwhile(monkeypatch, lambda: arrivals.put_aside(key=aside.key, by=salma, at=LATER))
    arrivals.read_waiting(arrival_id=aside.pk, at=LATER)
    assert Arrival.objects.get(pk=aside.pk).dropped_at == LATER

    told = arrivals.receive(file, source=source.code, by=salma, at=NOON)
    said = {"columns": {"country": "country"}, "constants": {"note": "told by Salma"}}
    meanwhile(
        monkeypatch,
        lambda: arrivals.map_columns(key=told.key, mapping=said, by=salma, at=LATER),
    )
    arrivals.read_waiting(arrival_id=told.pk, at=LATER)
    kept = Arrival.objects.get(pk=told.pk)
    assert (kept.mapping, kept.ended_at) == (said, None)


def test_a_reading_that_breaks_while_it_is_written_down_ends_in_a_sentence(
    tmp_path: Path, salma: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for ever; and what was written half is not kept."""
    source = sources.of_state(iso2="JO", at=NOON)
    file = written(tmp_path, "JOR 2019 7")
    arrival = arrivals.receive(file, source=source.code, by=salma, at=NOON)
    record = arrivals.journal.record

    def breaks(*, action: str, **told: Any) -> None:
        if action == "statistics.arrival.read":
            raise RuntimeError
        record(action=action, **told)

    monkeypatch.setattr(arrivals.journal, "record", breaks)
    arrivals.read_waiting(arrival_id=arrival.pk, at=LATER)
    kept = Arrival.objects.get(pk=arrival.pk)
    assert (kept.stage, kept.ended_at, kept.digest) == (Stage.FAILED, LATER, "")
    assert kept.mapping == arrival.mapping


def test_the_same_file_sent_twice_at_once_lies_there_once_and_whole(
    tmp_path: Path, settings: Any
) -> None:
    """Somebody clicked twice: both are kept, and nobody reads half of it."""
    settings.DATA_ROOT = str(tmp_path / "root")
    file = tmp_path / "figures.csv"
    file.write_bytes(b"7" * 4_000_000)
    with ThreadPoolExecutor(4) as several:
        found = [several.submit(store.put, file, suffix=".csv") for _each in range(8)]
        digests = {each.result() for each in found}
    (digest,) = digests
    assert store.get(digest, suffix=".csv").stat().st_size == 4_000_000
    assert len(list((tmp_path / "root" / digest[:2]).iterdir())) == 1


@pytest.mark.parametrize("root", ["root", "file://{}/by-address"])
def test_a_file_that_was_cut_off_is_written_anew(tmp_path: Path, settings: Any, root: str) -> None:
    """As where the power went before a disk had written it."""
    settings.DATA_ROOT = root.format(tmp_path) if "{}" in root else str(tmp_path / root)
    file = tmp_path / "figures.csv"
    file.write_bytes(b"7" * 1000)
    digest = store.put(file, suffix=".csv")
    store.get(digest, suffix=".csv").write_bytes(b"7" * 10)
    assert not store.is_whole(digest, suffix=".csv")
    assert store.put(file, suffix=".csv") == digest
    assert store.is_whole(digest, suffix=".csv")


def test_what_was_prepared_and_cut_off_is_put_together_anew(
    collection: Edition, tmp_path: Path, salma: Person, jordan: State
) -> None:
    source = sources.of_state(iso2="JO", at=NOON)
    own = bring(written(tmp_path, "JOR 2019 7", name="own.csv"), source.code, by=salma)
    standing.prepare_waiting(at=NOON)
    store.get(Prepared.objects.get().digest, suffix=".parquet").write_bytes(b"")
    editions.verify(key=own.key, by=salma, at=LATER)
    assert by_year()[2019] == (47, 47)


def test_what_was_prepared_is_let_go_of_though_its_file_is_gone(
    collection: Edition, tmp_path: Path, salma: Person, jordan: State
) -> None:
    source = sources.of_state(iso2="JO", at=NOON)
    bring(written(tmp_path, "JOR 2019 7", name="own.csv"), source.code, by=salma)
    standing.prepare_waiting(at=NOON)
    first = Prepared.objects.get()
    store.remove(first.digest, suffix=".parquet")
    standing.prepare_waiting(at=LATER + timedelta(days=8))
    assert Prepared.objects.get().made_at > first.made_at


def test_a_data_root_by_address_is_read_through_a_copy(tmp_path: Path, settings: Any) -> None:
    settings.DATA_ROOT = f"file://{tmp_path}/by-address"
    file = tmp_path / "one.txt"
    file.write_text("figures", encoding="utf-8")
    digest = store.put(file, suffix=".txt")
    assert store.get(digest, suffix=".txt").read_text(encoding="utf-8") == "figures"


def test_a_file_that_is_gone_is_told(collection: Edition) -> None:
    store.get(collection.digest, suffix=".parquet").unlink()
    with pytest.raises(problems.DataMissing):
        figures.series(VICTIMS)


def test_it_is_written_down_who_brought_figures_in_and_not_what_they_say(
    collection: Edition,
) -> None:
    lines = Entry.objects.filter(action__startswith="statistics.").order_by("id")
    assert [line.action for line in lines] == ["statistics.arrival.read", "statistics.edition.take"]
    assert lines[1].details == {"source": "glotip", "number": 1}


# ── the command ──────────────────────────────────────────────────────────────────────────────────
def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    call_command("statistics", *arguments)
    return capsys.readouterr().out


def test_the_command_imports_checks_and_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], jordan: State
) -> None:
    file, plain = (
        written(tmp_path, "JOR 2018 12", "JOR 2019 <5", "EGY 2019 40"),
        ("--mapping", "plain"),
    )
    tried = json.loads(run(capsys, "import", str(file), *plain, "--dry-run", "--json"))
    assert (tried["understood"], tried["refused"]) == (3, 0)
    assert not Arrival.objects.exists()
    told = json.loads(run(capsys, "import", str(file), *plain, "--json"))
    assert (told["source"], told["number"], told["rows"]) == ("glotip", 1, 3)
    found = json.loads(run(capsys, "series", "--format", "json"))
    assert found[1].items() >= {
        "year": 2019, "states": 2, "low": 41, "high": 44, "censored": 1, "not_states": 0
    }.items()  # fmt: skip
    assert (
        run(capsys, "series", "--year", "2018", "--format", "csv")
        .splitlines()[1]
        .startswith("2018,1,12,12")
    )
    assert isinstance(json.loads(run(capsys, "check", "--json")), list)
    own = written(tmp_path, "JOR 2018 12", name="own.csv")
    run(capsys, "import", str(own), "--state", "JO")
    assert Edition.objects.get(source__code="state-jo").published_at is None


def test_the_command_says_of_a_states_file_what_taking_it_would_say(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], jordan: State
) -> None:
    nameless = tmp_path / "own.csv"
    nameless.write_text(f"indicator,year,value\n{VICTIMS.indicator},2018,12\n", encoding="utf-8")
    tried = json.loads(run(capsys, "import", str(nameless), "--state", "jo", "--dry-run", "--json"))
    assert (tried["understood"], tried["may_be_kept"]) == (1, True)
    others = written(tmp_path, "JOR 2018 12", "EGY 2018 3", name="others.csv")
    for more in ("--dry-run",), ():
        with pytest.raises(problems.OfOtherPlaces, match=r"EGY \(first in row 3\)"):
            run(capsys, "import", str(others), "--state", "JO", *more)
    with pytest.raises(NoSuchFile):
        run(capsys, "import", str(tmp_path / "none.csv"), "--state", "JO")
    with pytest.raises(problems.RowsRefused):
        run(capsys, "import", str(written(tmp_path, "JOR 20188 2")), "--state", "JO", "--json")
    assert json.loads(capsys.readouterr().out)["problem"]["code"] == "statistics.rows-refused"
    assert not Edition.objects.exists()
    assert not Arrival.objects.filter(dropped_at=None).exists()


def test_the_command_tells_what_a_file_leaves_out_and_can_keep_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], jordan: State
) -> None:
    run(capsys, "import", str(written(tmp_path, "JOR 2018 12", "JOR 2019 9")), "--state", "JO")
    part = str(written(tmp_path, "JOR 2020 5", name="part.csv"))
    kept = json.loads(run(capsys, "import", part, "--state", "JO", "--keep", "--json"))
    assert (kept["rows"], kept["left_out"]["figures"], kept["kept"]) == (3, 2, True)
    alone = run(capsys, "import", part, "--state", "JO")
    assert "edition 2 that are not in the file and are left out: 2" in alone


def test_the_command_estimates(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "lists.csv"
    file.write_text("A,B,n\n1,0,80\n0,1,40\n1,1,20\n", encoding="utf-8")
    assert json.loads(run(capsys, "estimate", str(file), "--json"))["estimate"] == 300


def test_the_real_workbook_is_taken_in_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    file = SHARED / "data" / "unodc_glotip.xlsx"
    if not file.exists():
        pytest.skip("the real workbook is not here")
    told = json.loads(run(capsys, "import", str(file), "--json"))
    assert told["rows"] == 46_556
    years = {row["year"]: row for row in json.loads(run(capsys, "series"))}
    assert min(years) >= 2003
    assert max(years) <= 2021
    assert all(row["low"] <= row["high"] for row in years.values())
    assert all(row["low"] + 3 * row["censored"] >= row["high"] for row in years.values())
