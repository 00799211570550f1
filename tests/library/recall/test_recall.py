"""Search finds what answers a question, in repaired text as in perfect text.

`pytest tests/library/recall -s` prints the figures and every question that fell short.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from marsad.library.models import Version
from tests.library.recall import measure

SHARED = Path(os.environ.get("MARSAD_SHARED") or Path(__file__).parents[3].parent / "shared")
REPORTS = SHARED / "documents"


@pytest.mark.parametrize(
    ("language", "recall", "precision"), [("ar", 0.85, 0.85), ("en", 0.85, 0.85)]
)
def test_it_finds_what_answers_in_the_samples(sample_shelf, language, recall, precision):
    names = measure.names_of(lambda file_name: file_name.split("-")[0])

    found = measure.figures(measure.ask(measure.QUERIES["samples"], language=language, names=names))

    print(f"\nsamples, {language}: {found}")
    assert found.recall_at_20 >= recall
    assert found.precision_at_5 >= precision


def test_it_finds_in_a_repaired_copy_what_it_finds_in_the_clean_one(sample_shelf):
    versions = {version.file_name: version for version in Version.objects.all()}
    if "report-ar-damaged.txt" not in versions:
        pytest.skip("there is no damaged copy among the samples")
    clean, damaged = versions["report-ar.txt"], versions["report-ar-damaged.txt"]
    assert damaged.document == clean.document

    share, missed = measure.agreement(
        measure.QUERIES["samples"], document=clean.document, first=clean, second=damaged
    )

    print(f"\nrepaired finds {share:.3f} of what clean finds; misses {missed}")
    assert share >= 0.90


@pytest.mark.real
@pytest.mark.skipif(not REPORTS.is_dir(), reason="the real reports are not beside the repository")
def test_it_finds_what_answers_in_the_real_reports(shelve):
    for report in sorted(REPORTS.glob("*.txt")):
        shelve(report.read_bytes(), report.name)
    # 003 is a second copy of the document in 000.
    versions = {version.file_name[:3]: version for version in Version.objects.all()}
    first, second = versions["000"], versions["003"]
    assert first.document == second.document
    both = {"first": first, "second": second, "document": first.document}
    share, missed = measure.agreement(measure.QUERIES["reports"], **both)
    back, _missed = measure.agreement(
        measure.QUERIES["reports"], **{**both, "first": second, "second": first}
    )
    print(f"\n003 finds {share:.3f} of what 000 finds, 000 {back:.3f} of 003; missed {missed}")

    names = measure.names_of(lambda file_name: file_name[:3].replace("003", "000"))
    found = measure.figures(measure.ask(measure.QUERIES["reports"], language="ar", names=names))

    print(f"real reports: {found}")
    assert share >= 0.90
    assert found.recall_at_20 >= 0.85
    assert found.precision_at_5 >= 0.75
