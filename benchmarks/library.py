"""How fast the library is on this machine, in one run, beside what one would use instead.

    python benchmarks/library.py            everything, in a few minutes
    python benchmarks/library.py --smoke    the same on less, in under a minute

It works on the five real reports where they lie beside the repository, else on our own samples, in
a database of its own that is removed at the end. Nothing here asserts: it prints.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("MARSAD_SHARED") or ROOT.parent / "shared") / "documents"
SAMPLES = ROOT / "marsad" / "library" / "samples"
#: Seconds that one measurement of growth may take; what would take longer is left out and said.
PATIENCE = 90.0
#: What readers search for: words that stand everywhere, ordinary ones, rare ones, phrases, filters.
SEARCHES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("common", "الاتجار", {}),
    ("common", "trafficking", {}),
    ("common", "الدول الأطراف", {}),
    ("common", "حماية", {}),
    ("ordinary", "تعويض الضحايا", {}),
    ("ordinary", "مفتشي العمل", {}),
    ("ordinary", "working group", {}),
    ("ordinary", "الاتجار -الأطفال", {}),
    ("rare", "نيلوفر", {}),
    ("rare", "CTOC/COP/WG.4/2019/6", {}),
    ("phrase", '"الدول الأطراف"', {}),
    ("phrase", '"بروتوكول الاتجار بالأشخاص"', {}),
    ("filter", "الاتجار", {"year": 2012}),
    ("filter", "الدول الأطراف", {"kind": "recommendation"}),
    ("filter", "States should", {"language": "en"}),
)


def main() -> None:
    """Measure, print, and clear away."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--smoke", action="store_true", help="measure less, in under a minute")
    parser.add_argument("--passages", type=int, help="passages to search (100,000; smoke 5,000)")
    given = parser.parse_args()
    passages = given.passages or (5_000 if given.smoke else 100_000)
    home = Path(tempfile.mkdtemp(prefix="marsad-bench-"))
    os.environ["MARSAD_HOME"] = str(home)
    os.environ.pop("DATABASE_URL", None)  # never on somebody's data
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]
    try:
        _measure(passages=passages, smoke=given.smoke)
    finally:
        from config.embedded import server

        server.stop(home)
        shutil.rmtree(home, ignore_errors=True)


def _measure(*, passages: int, smoke: bool) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    began = perf_counter()
    files = sorted(SHARED.glob("*.txt")) or sorted(SAMPLES.glob("*.txt"))
    if smoke:
        files = sorted(SAMPLES.glob("*.txt"))
    print(f"On {os.cpu_count()} cores, Python {sys.version.split()[0]}; {len(files)} files from")
    print(f"{files[0].parent}")
    engines(files)
    growth(files, smoke=smoke)
    call_command("migrate", verbosity=0)
    end_to_end(files)
    search(passages=passages, repeats=3 if smoke else 10)
    pages(repeats=5 if smoke else 20)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nPeak memory of this process: {own:,.0f} MB")
    print(f"The whole run took {perf_counter() - began:,.0f} s.")


# ── repairing and reading ────────────────────────────────────────────────────────────────────────
def engines(files: Sequence[Path]) -> None:
    """Characters a second, and how many times as long as only normalising takes."""
    from marsad import arabic, reading, undocs

    rows = []
    for file in files:
        text = reading.read(file.read_bytes(), name=file.name).text
        if not arabic.looks_arabic(text):
            repaired, mending = text, 0.0
        else:
            mending, repair = _timed(lambda text=text: arabic.repair(text))
            repaired = repair.text
        structuring, _structure = _timed(lambda repaired=repaired: undocs.read_structure(repaired))
        normalising, _text = _timed(lambda text=text: _normalised(text))
        total = mending + structuring
        rows.append(
            (
                file.name[:24],
                f"{len(text):,}",
                f"{len(text) / mending:,.0f}" if mending else "-",
                f"{len(text) / structuring:,.0f}",
                f"{total:.2f}",
                f"{len(text) / normalising:,.0f}",
                f"{mending / normalising:,.0f}x" if mending else "-",
            )
        )
    _table(
        "Engines, one core (characters a second)",
        (
            "file",
            "characters",
            "repair",
            "structure",
            "seconds",
            _normaliser(),
            "repair takes",
        ),
        rows,
    )
    print("Normalising takes off marks and tatweel and levels letters; it mends nothing else.")


def _normaliser() -> str:
    return "pyarabic" if _pyarabic() else "normalise"


def _pyarabic() -> Any:
    """The library one would use, where somebody installed it; its licence keeps it out of ours."""
    try:
        from pyarabic import araby
    except ImportError:
        return None
    return araby


_LEVEL = str.maketrans({**dict.fromkeys("أإآٱ", "ا"), "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي"})
_LEVEL |= dict.fromkeys((*range(1611, 1619), 1648, 1600))


def _normalised(text: str) -> str:
    araby = _pyarabic()
    if araby is not None:
        return str(araby.normalize_hamza(araby.strip_tatweel(araby.strip_tashkeel(text))))
    return unicodedata.normalize("NFKC", text).translate(_LEVEL)


def growth(files: Sequence[Path], *, smoke: bool) -> None:
    """Time for 10 and 100 times the text, as a multiple of 10 or 100 times the time for one."""
    from marsad import arabic, reading, undocs

    texts = (reading.read(file.read_bytes(), name=file.name).text for file in files)
    text = next(text for text in texts if arabic.looks_arabic(text))
    some = text[: text.index("\n", 1_500 if smoke else 2_000)]
    whole = arabic.repair(some).text
    rows = []
    for name, act, unit in (
        ("repair", arabic.repair, some),
        ("structure", undocs.read_structure, whole),
    ):
        act(unit)  # warm: words are read and learnt once
        one, _out = _timed(lambda act=act, unit=unit: act(unit), least=0.2)
        row = [name, f"{len(unit):,}", f"{one * 1e3:,.0f} ms"]
        spent = one
        for times in (10,) if smoke else (10, 100):
            if spent * 10 > PATIENCE:
                row.append("not run")
                continue
            spent, _out = _timed(lambda act=act, unit=unit, n=times: act("\n".join([unit] * n)))
            row.append(f"{spent / one / times:.2f}")
        rows.append((*row, "-")[:5])
    _table(
        "Growth (1.00 is linear)", ("engine", "characters", "once", "10 times", "100 times"), rows
    )


# ── the library ──────────────────────────────────────────────────────────────────────────────────
def end_to_end(files: Sequence[Path]) -> None:
    """Receive a file, read it as the worker does, put it on the shelf."""
    from django.utils import timezone

    from marsad.directory import loading as directory_loading
    from marsad.directory.types import OPERATOR
    from marsad.library import loading
    from marsad.library.actions import arrival

    directory_loading.load_states()
    loading.load_reference_data(at=timezone.now())
    began = perf_counter()
    for file in files:
        arrived = arrival.receive(
            data=file.read_bytes(), name=file.name, by=OPERATOR, at=timezone.now()
        )
        read = arrival.read(arrival_id=arrived.pk, at=timezone.now())
        if read.version is None:
            print(f"{file.name} was refused: {read.problem_says}")
    spent = perf_counter() - began
    print(f"\nEnd to end: {len(files) / spent * 60:,.1f} documents a minute with one worker.")
    if SAMPLES not in {file.parent for file in files}:
        loading.load_samples(at=timezone.now())  # searched in English too


def search(*, passages: int, repeats: int) -> None:
    """The search of the library beside what one would write first: ILIKE on the text."""
    import varied
    from django.contrib.auth.models import AnonymousUser

    from marsad.library.models import Passage
    from marsad.library.queries import search as queries

    began = perf_counter()
    varied.make(passages)
    print(f"\n{Passage.objects.count():,} passages made in {perf_counter() - began:.0f} s.")
    busy = _Busy()
    times: dict[str, list[float]] = {}
    worked: dict[str, list[float]] = {}
    plain_times: dict[str, list[float]] = {}
    rows = []
    for sort, typed, narrowed in SEARCHES:
        filters = queries.Filters(**narrowed)

        def ask(typed: str = typed, filters: Any = filters) -> Any:
            return queries.search(reader=AnonymousUser(), typed=typed, filters=filters)

        words = [word.strip('"') for word in typed.split() if not word.startswith("-")]
        if typed.startswith('"'):
            words = [typed.strip('"')]
        found = ask()
        before = busy.seconds()
        ours = [_timed(ask)[0] for _ in range(repeats)]
        work = (busy.seconds() - before) / repeats
        plain_found = _ilike(words)
        plain = [_timed(lambda words=words: _ilike(words))[0] for _ in range(max(3, repeats // 3))]
        for group in (sort, "all"):
            times.setdefault(group, []).extend(ours)
            worked.setdefault(group, []).append(work)
            plain_times.setdefault(group, []).extend(plain)
        shown = " ".join([typed, *(f"{name}={value}" for name, value in narrowed.items())])
        count = f"{'>' if found.more else ''}{found.count:,}"
        rows.append(
            (
                shown,
                count,
                f"{_part(ours, 0.5):.1f}",
                f"{plain_found:,}",
                f"{_part(plain, 0.5):.1f}",
            )
        )
    _table(
        "Search (median milliseconds; ILIKE without filters and without ranking)",
        ("typed", "found", "ours", "ILIKE finds", "ILIKE"),
        rows,
    )
    _table(
        "Search, by kind of question (milliseconds; CPU: mean and the worst question's mean)",
        ("", "p50", "p95", "CPU", "worst CPU", "ILIKE p50", "ILIKE p95", "ILIKE takes"),
        [
            (
                sort,
                *(f"{_part(times[sort], part):.1f}" for part in (0.5, 0.95)),
                f"{sum(worked[sort]) / len(worked[sort]) * 1e3:.1f}",
                f"{max(worked[sort]) * 1e3:.1f}",
                *(f"{_part(plain_times[sort], part):.1f}" for part in (0.5, 0.95)),
                f"{_part(plain_times[sort], 0.5) / _part(times[sort], 0.5):.1f}x",
            )
            for sort in times
        ],
    )


class _Busy:
    """Processor time of this process and of its database connection.

    On a machine that others use too it says more than the clock does.
    """

    def __init__(self) -> None:
        import psutil  # comes with the embedded database
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self.database = psutil.Process(cursor.fetchone()[0])

    def seconds(self) -> float:
        spent = self.database.cpu_times()
        return process_time() + float(spent.user) + float(spent.system)


def _ilike(words: Sequence[str]) -> int:
    """How many passages have all the words letter by letter; the first page is fetched too."""
    from django.db import connection

    conditions = " AND ".join(["passage.text ILIKE %s"] * len(words))
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT passage.id, passage.text, count(*) OVER () FROM library_passage AS passage
                JOIN library_version AS version ON version.id = passage.version_id
                JOIN library_document AS document ON document.id = version.document_id
                WHERE version.is_shown AND document.access = 'public' AND {conditions}
                ORDER BY passage.id LIMIT 20""",
            [f"%{word}%" for word in words],
        )
        rows = cursor.fetchall()
    return int(rows[0][2]) if rows else 0


def pages(*, repeats: int) -> None:
    """Whole pages, as the public gets them from Django, without the network."""
    from django.test import Client
    from django.urls import reverse

    from marsad.library.models import Version

    longest = max(
        Version.objects.filter(is_shown=True).exclude(source_text="").select_related("document"),
        key=lambda version: len(version.text),
    )
    document = reverse("library:document", args=[longest.document.key])
    addresses = {
        "document": document,
        "document, source beside": f"{document}?view=source",
        "documents": reverse("library:document_list"),
        "index of recommendations": reverse("library:recommendation_list"),
        "search": f"{reverse('library:search')}?q=تعويض+الضحايا",
        "search, common word": f"{reverse('library:search')}?q=الاتجار",
    }
    browser = Client(SERVER_NAME="localhost", HTTP_ACCEPT_LANGUAGE="ar")
    rows = []
    for name, address in addresses.items():
        answer = browser.get(address, follow=True)
        taken = [
            _timed(lambda address=address: browser.get(address, follow=True))[0]
            for _ in range(repeats)
        ]
        rows.append(
            (
                name,
                str(answer.status_code),
                f"{len(answer.content) / 1024:,.0f}",
                f"{_part(taken, 0.5):.0f}",
                f"{_part(taken, 0.95):.0f}",
            )
        )
    _table("Pages (milliseconds)", ("page", "status", "KB", "p50", "p95"), rows)


# ── measuring and printing ───────────────────────────────────────────────────────────────────────
def _timed(act: Callable[[], Any], *, least: float = 0.0) -> tuple[float, Any]:
    """Seconds that one call takes, and what it gives; called again until `least` have passed."""
    began, calls, given = perf_counter(), 0, None
    while not calls or perf_counter() - began < least:
        given = act()
        calls += 1
    return (perf_counter() - began) / calls, given


def _part(seconds: Iterable[float], part: float) -> float:
    """A percentile, in milliseconds."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))] * 1e3


def _table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    lines = [tuple(heads), *(tuple(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    print(f"\n{title}")
    for number, line in enumerate(lines):
        first, *rest = zip(line, widths, strict=True)
        print("  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)]))
        if number == 0:
            print("  ".join("-" * width for width in widths))


if __name__ == "__main__":
    main()
