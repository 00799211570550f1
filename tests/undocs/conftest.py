"""Facts of the real reports that are not read yet, each with its reason.

Strict: the day one of them is read, its line here fails and is taken out. It comes from a line
that the repair engine puts back in the wrong order (issue 3, the line decoder).
"""

from __future__ import annotations

import pytest

NOT_YET = {
    "test_it_lists_decisions_and_resolutions[real-001]": (
        "001, par. 1: resolution 5/2 is carried away from its word inside one line"
    ),
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.name in NOT_YET:
            item.add_marker(pytest.mark.xfail(strict=True, reason=NOT_YET[item.name]))
