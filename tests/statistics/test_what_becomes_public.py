"""Nothing becomes public but what its focal point saw and verified, whatever else people do."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from marsad.directory.models import Person, State
from marsad.statistics import problems
from marsad.statistics.actions import arrival as arrivals
from marsad.statistics.actions import edition as editions
from marsad.statistics.actions import record as records
from marsad.statistics.actions import record_release as releases
from marsad.statistics.actions import source as sources
from marsad.statistics.models import Arrival, Edition, RecordEdition, Release
from marsad.statistics.queries import record_counts
from marsad.statistics.queries.arrival import rows
from marsad.statistics.queries.edition import card, replaced
from marsad.statistics.queries.record import release as release_query
from marsad.statistics.records.counting import Wanted
from tests.statistics import trends_of_ours as ours
from tests.statistics.record_files import many, written
from tests.statistics.test_records_release import (
    LATER,
    NOON,
    body_of,
    bring,
    by_year,
    own_figures,
    place,
    police,
    salma,
    states,
    tariq,
    uploaded,
    withdraws,
)

__all__ = ["place", "police", "salma", "states", "tariq"]
pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def draft(folder: Path, by: Person, *rows: tuple[int, int]) -> Edition:
    """Figures that somebody sent for Arkia, and nobody has verified."""
    source = sources.of_state(iso2="XA", at=NOON)
    arrival = arrivals.read(uploaded(folder, *rows), source=source.code, by=by, at=NOON)
    return arrivals.take(key=arrival.key, by=by, at=NOON)


# ── withdrawing ──────────────────────────────────────────────────────────────────────────────────
def test_salma_withdraws_a_release_and_tariqs_draft_stays_a_draft(
    tmp_path: Path, police: RecordEdition, salma: Person, tariq: Person
) -> None:
    sent = draft(tmp_path, tariq, (2023, 666))
    release = releases.release(state="XA", wanted=Wanted(), by=salma, at=LATER)
    releases.withdraw(key=release.key, by=salma, at=LATER + DAY)
    assert not Edition.objects.filter(published_at__isnull=False).exists()
    with pytest.raises(problems.NothingInForce):
        by_year()
    # Made to stand again it waits as it did: that says nothing of its figures.
    again = editions.restore(key=sent.key, by=salma, at=LATER + DAY)
    assert again.published_at is None
    editions.verify(key=again.key, by=salma, at=LATER + DAY)
    assert by_year() == {2023: (666, 666)}


def test_salma_withdraws_a_release_she_never_verified_and_her_figures_stay(
    tmp_path: Path, police: RecordEdition, salma: Person
) -> None:
    own = own_figures(tmp_path, salma)
    release = releases.release(state="XA", wanted=Wanted(), by=salma, at=LATER)
    releases.withdraw(key=release.key, by=salma, at=LATER + DAY)
    assert by_year() == {2023: (40, 40), 2024: (99, 99)}
    assert Edition.objects.get(published_at__isnull=False) == own


# ── beside what a release stands ─────────────────────────────────────────────────────────────────
def shown_years(release: Release, reader: Person) -> list[int]:
    """The years of the rows that are shown before a release is verified, in their order."""
    found, many = rows(
        reader=reader, key=release.edition.arrival.key, language="en", start=0, most=1000
    )
    assert many == len(found) == release.edition.rows
    return list(dict.fromkeys(row.year for row in found))


def test_salma_verifies_a_release_and_tariqs_draft_is_not_in_it(
    tmp_path: Path, police: RecordEdition, salma: Person, tariq: Person
) -> None:
    draft(tmp_path, tariq, (2023, 666))
    release = releases.release(state="XA", wanted=Wanted(), by=salma, at=LATER)
    assert shown_years(release, salma) == [2024]
    editions.verify(key=release.edition.key, by=salma, at=LATER)
    assert by_year() == {2024: (14, 14)}


def test_salma_is_shown_every_figure_that_becomes_public(
    tmp_path: Path, police: RecordEdition, salma: Person
) -> None:
    own_figures(tmp_path, salma)
    release = releases.release(state="XA", wanted=Wanted(), by=salma, at=LATER)
    assert shown_years(release, salma) == [2024, 2023]
    # Rows of two files have the same numbers: leafing through them loses none and repeats none.
    pages = [
        row
        for start in range(release.edition.rows)
        for row in rows(
            reader=salma, key=release.edition.arrival.key, language="en", start=start, most=1
        )[0]
    ]
    assert len(pages) == release.edition.rows


def test_the_figures_salma_verified_stay_beside_a_release_while_a_draft_waits(
    tmp_path: Path, police: RecordEdition, salma: Person, tariq: Person
) -> None:
    own = own_figures(tmp_path, salma)
    draft(tmp_path, tariq, (2022, 1))
    release = releases.release(state="XA", wanted=Wanted(), by=salma, at=LATER)
    assert release.before == own
    editions.verify(key=release.edition.key, by=salma, at=LATER)
    assert by_year() == {2023: (40, 40), 2024: (14, 14)}


def test_a_release_that_was_made_to_stand_again_twice_is_still_a_release(
    tmp_path: Path, police: RecordEdition, salma: Person
) -> None:
    own = own_figures(tmp_path, salma)
    first = releases.release(state="XA", wanted=Wanted(), by=salma, at=LATER)
    editions.verify(key=first.edition.key, by=salma, at=LATER)
    editions.restore(key=own.key, by=salma, at=LATER)
    again = editions.restore(key=first.edition.key, by=salma, at=LATER)
    back = editions.restore(key=own.key, by=salma, at=LATER)
    editions.restore(key=again.key, by=salma, at=LATER)
    second = releases.release(state="XA", wanted=Wanted(), by=salma, at=LATER)
    assert second.before == back


# ── what is public can be taken back ─────────────────────────────────────────────────────────────
def may_withdraw(edition: Edition, reader: Person) -> bool:
    return card(reader=reader, key=edition.key, language="en").may_withdraw


def test_salma_withdraws_her_figures_while_tariqs_draft_waits(
    tmp_path: Path, states: dict[str, State], salma: Person, tariq: Person
) -> None:
    own = own_figures(tmp_path, salma)
    sent = draft(tmp_path, tariq, (2023, 41))
    assert may_withdraw(own, salma)
    editions.withdraw(key=own.key, by=salma, at=LATER)
    with pytest.raises(problems.NothingInForce):
        by_year()
    assert not may_withdraw(own, salma)
    # What waited still waits.
    editions.verify(key=sent.key, by=salma, at=LATER)
    assert by_year() == {2023: (41, 41)}
    with pytest.raises(problems.NotTheNewest):
        editions.withdraw(key=own.key, by=salma, at=LATER)


def test_salma_withdraws_her_figures_after_a_draft_was_withdrawn(
    tmp_path: Path, states: dict[str, State], salma: Person, tariq: Person
) -> None:
    own = own_figures(tmp_path, salma)
    sent = draft(tmp_path, tariq, (2023, 41))
    editions.withdraw(key=sent.key, by=tariq, at=LATER)
    assert by_year() == {2023: (40, 40), 2024: (99, 99)}
    assert may_withdraw(own, salma)
    editions.withdraw(key=own.key, by=salma, at=LATER)
    with pytest.raises(problems.NothingInForce):
        by_year()


def test_salma_withdraws_a_public_release_while_another_waits(
    tmp_path: Path, police: RecordEdition, salma: Person
) -> None:
    own_figures(tmp_path, salma)
    first = releases.release(state="XA", wanted=Wanted(), by=salma, at=LATER)
    editions.verify(key=first.edition.key, by=salma, at=LATER)
    releases.release(state="XA", wanted=Wanted(), by=salma, at=LATER)
    seen = release_query(reader=salma, key=first.key, language="en")
    assert (seen.outcome, seen.may_be_withdrawn) == ("in-force", True)
    releases.withdraw(key=first.key, by=salma, at=LATER)
    assert by_year() == {2023: (40, 40), 2024: (99, 99)}


def test_what_salma_withdrew_does_not_come_back_with_a_release_that_waited(
    tmp_path: Path, police: RecordEdition, salma: Person
) -> None:
    own = own_figures(tmp_path, salma)
    waits = releases.release(state="XA", wanted=Wanted(), by=salma, at=LATER)
    editions.withdraw(key=own.key, by=salma, at=LATER)
    with pytest.raises(problems.ReleaseOutdated):
        editions.verify(key=waits.edition.key, by=salma, at=LATER)
    anew = releases.release(state="XA", wanted=Wanted(), by=salma, at=LATER)
    editions.verify(key=anew.edition.key, by=salma, at=LATER)
    assert by_year() == {2024: (14, 14)}


def test_what_salma_withdrew_the_second_time_does_not_come_back_with_a_release(
    tmp_path: Path, police: RecordEdition, salma: Person
) -> None:
    own = own_figures(tmp_path, salma)
    release = releases.release(state="XA", wanted=Wanted(), by=salma, at=LATER)
    editions.verify(key=release.edition.key, by=salma, at=LATER)
    releases.withdraw(key=release.key, by=salma, at=LATER + DAY)
    again = Edition.objects.get(restores=own)
    editions.withdraw(key=again.key, by=salma, at=LATER + 2 * DAY)
    with pytest.raises(problems.ReleaseOutdated):
        editions.restore(key=release.edition.key, by=salma, at=LATER + 3 * DAY)
    assert Edition.objects.latest("number").pk == again.pk


def test_a_release_that_waits_is_outdated_by_figures_that_were_restored_and_withdrawn(
    tmp_path: Path, police: RecordEdition, salma: Person
) -> None:
    own = own_figures(tmp_path, salma)
    release = releases.release(state="XA", wanted=Wanted(), by=salma, at=LATER)
    again = editions.restore(key=own.key, by=salma, at=LATER + DAY)
    editions.withdraw(key=again.key, by=salma, at=LATER + 2 * DAY)
    waits = editions.restore(key=release.edition.key, by=salma, at=LATER + 3 * DAY)
    with pytest.raises(problems.ReleaseOutdated):
        editions.verify(key=waits.key, by=salma, at=LATER + 4 * DAY)


# ── a release is made as a whole, or not at all ──────────────────────────────────────────────────
@pytest.mark.django_db(transaction=True)
def test_salma_clicks_twice_and_makes_two_releases_one_after_the_other(
    tmp_path: Path, tariq: Person, salma: Person
) -> None:
    bring(written(tmp_path, many(20, prefix="C")), tariq)
    together = Barrier(2)

    def release(_click: int) -> int:
        try:
            together.wait()
            made = releases.release(state="XA", wanted=Wanted(breakdowns=()), by=salma, at=LATER)
            return made.number
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as two:
        assert sorted(two.map(release, range(2))) == [1, 2]
    assert not Arrival.objects.filter(taken_at=None).exists()


def test_a_release_that_is_stopped_half_way_leaves_nothing_that_could_be_taken(
    tmp_path: Path, police: RecordEdition, salma: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_args: object, **_more: object) -> Release:
        raise SystemExit

    monkeypatch.setattr(releases, "_released", stopped)
    with pytest.raises(SystemExit):
        releases.release(state="XA", wanted=Wanted(), by=salma, at=LATER)
    assert not Arrival.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_consent_that_is_withdrawn_while_salma_releases_is_known_when_she_verifies(
    tmp_path: Path, tariq: Person, salma: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tariq clicked before her, and had to wait until she was done: her release counted them."""
    bring(written(tmp_path, many(20, prefix="C")), tariq)
    came = records.read(
        withdraws(tmp_path, "C-0"), state="XA", body_id=body_of(tariq), by=tariq, at=NOON
    )
    read, begun = releases.arrivals.read, []

    def take() -> RecordEdition:
        try:
            return records.take(key=came.key, by=tariq, at=LATER - DAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as beside:

        def meanwhile(*args: Any, **more: Any) -> Arrival:
            begun.append(beside.submit(take))
            assert not wait(begun, timeout=0.5).done
            return read(*args, **more)

        monkeypatch.setattr(releases.arrivals, "read", meanwhile)
        release = releases.release(state="XA", wanted=Wanted(breakdowns=()), by=salma, at=LATER)
        assert begun[0].result().rows == 19
    with pytest.raises(problems.ConsentWithdrawnSince):
        editions.verify(key=release.edition.key, by=salma, at=LATER + DAY)


def test_a_release_that_counts_without_those_who_withdrew_can_be_verified(
    tmp_path: Path, tariq: Person, salma: Person
) -> None:
    """She clicked before Tariq, and had to wait until he was done."""
    bring(written(tmp_path, many(20, prefix="C")), tariq)
    bring(withdraws(tmp_path, "C-0"), tariq, at=LATER)
    release = releases.release(
        state="XA", wanted=Wanted(breakdowns=()), by=salma, at=LATER - timedelta(seconds=2)
    )
    editions.verify(key=release.edition.key, by=salma, at=LATER + DAY)
    assert by_year() == {2024: (19, 19)}


# ── two releases of the same people ──────────────────────────────────────────────────────────────
def published(salma: Person, wanted: Wanted) -> Release:
    release = releases.release(state="XA", wanted=wanted, by=salma, at=LATER)
    editions.verify(key=release.edition.key, by=salma, at=LATER)
    return release


def test_salma_is_kept_from_releasing_the_one_who_came_after_a_release(
    tmp_path: Path, tariq: Person, salma: Person
) -> None:
    bring(written(tmp_path, many(20, prefix="C")), tariq)
    first = published(salma, Wanted(breakdowns=()))
    bring(written(tmp_path, many(1, prefix="Z", sex="male")), tariq, at=LATER)
    with pytest.raises(problems.TellsTogether, match="٢٠٢٤"):
        record_counts.count(state="XA", wanted=Wanted(breakdowns=()), reader=salma)
    with pytest.raises(problems.TellsTogether):
        releases.release(state="XA", wanted=Wanted(breakdowns=()), by=salma, at=LATER)
    # Withdrawn it is known all the same.
    releases.withdraw(key=first.key, by=salma, at=LATER)
    with pytest.raises(problems.TellsTogether):
        releases.release(state="XA", wanted=Wanted(breakdowns=()), by=salma, at=LATER)
    bring(written(tmp_path, many(9, prefix="Y")), tariq, at=LATER)
    published(salma, Wanted(breakdowns=()))
    assert by_year() == {2024: (30, 30)}


def test_salma_is_kept_from_leaving_one_presumed_victim_out(
    tmp_path: Path, tariq: Person, salma: Person
) -> None:
    one = many(1, prefix="P", identification="possible", decided_by="", sex="male")
    bring(written(tmp_path, [*many(20, prefix="C"), *one]), tariq)
    published(salma, Wanted(breakdowns=()))
    with pytest.raises(problems.TellsTogether):
        published(salma, Wanted(breakdowns=(), with_presumed=False))
    assert by_year() == {2024: (21, 21)}


def test_salma_is_kept_from_verifying_what_another_release_made_unsafe_meanwhile(
    tmp_path: Path, tariq: Person, salma: Person
) -> None:
    bring(written(tmp_path, many(20, prefix="C")), tariq)
    waits = releases.release(state="XA", wanted=Wanted(breakdowns=()), by=salma, at=LATER)
    bring(written(tmp_path, many(1, prefix="Z", sex="male")), tariq, at=LATER)
    published(salma, Wanted(breakdowns=()))
    again = editions.restore(key=waits.edition.key, by=salma, at=LATER)
    with pytest.raises(problems.TellsTogether):
        editions.verify(key=again.key, by=salma, at=LATER)
    assert by_year() == {2024: (21, 21)}


def test_salma_releases_the_same_figures_again(
    tmp_path: Path, police: RecordEdition, salma: Person
) -> None:
    published(salma, Wanted())
    published(salma, Wanted())
    published(salma, Wanted(breakdowns=()))
    assert by_year() == {2024: (14, 14)}


def test_salma_reads_on_the_page_why_a_release_is_kept_back(
    tmp_path: Path, tariq: Person, salma: Person, client: Client
) -> None:
    bring(written(tmp_path, many(20, prefix="C")), tariq)
    published(salma, Wanted())
    bring(written(tmp_path, many(1, prefix="Z", sex="male")), tariq, at=LATER)
    client.force_login(salma)
    address = reverse("statistics:record_release", args=["XA"])
    asked = client.get(address, headers={"accept-language": "en"})
    assert asked.status_code == 422
    assert b"how few people were added" in asked.content
    assert b"Release these figures" not in asked.content


# ── what stands in collections ───────────────────────────────────────────────────────────────────
def test_salma_is_told_what_her_figures_take_the_place_of_before_she_verifies(
    tmp_path: Path, salma: Person, states: dict[str, State]
) -> None:
    ours.bring(tmp_path)
    file = ours.written(tmp_path, ours.total("XAX", 2019, "17"), name="own.csv")
    source = sources.of_state(iso2="XA", at=NOON)
    arrival = arrivals.read(file, source=source.code, by=salma, at=LATER)
    sent = arrivals.take(key=arrival.key, by=salma, at=LATER)
    told = replaced(reader=salma, key=sent.key, language="en")
    # Her file gives a total, and nothing by citizenship or by form.
    assert {(one.year, one.figures, one.is_given) for one in told} == {
        (2019, 7, True),
        (2019, 1, False),
        (2019, 2, False),
    }
    browser = Client(headers={"Accept-Language": "en"})
    browser.force_login(salma)
    address = reverse("statistics:edition", args=[sent.key])
    page = browser.get(address).content.decode()
    assert "What it takes the place of" in page
    assert "says nothing of it" in page
    editions.verify(key=sent.key, by=salma, at=LATER)
    assert "What it takes the place of" not in browser.get(address).content.decode()
