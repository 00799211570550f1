"""Facts of the real reports that are not read yet, each with its reason.

Strict: the day one of them is read, its line here fails and is taken out. All three come from lines
that the repair engine puts back in the wrong order (issue 3, the line decoder).
"""

from __future__ import annotations

import pytest

NOT_YET = {
    "test_it_lists_decisions_and_resolutions[real-001]": (
        "001, par. 1: resolution 5/2 is carried away from its word inside one line"
    ),
    "test_it_lists_the_articles_cited[real-004]": (
        "004, rec. 11: article 10 is read, the Protocol it belongs to stands in a shuffled line"
    ),
    "test_it_reads_days_and_spans_of_days[real-004]": (
        "004, pars. 1, 3, 53, 69: days and months change places inside a line"
    ),
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.name in NOT_YET:
            item.add_marker(pytest.mark.xfail(strict=True, reason=NOT_YET[item.name]))
