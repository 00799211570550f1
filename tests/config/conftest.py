"""The shelf of the library's tests, for tests of the whole house."""

from __future__ import annotations

from tests.library.conftest import add, reference_data, shelve

__all__ = ["add", "reference_data", "shelve"]
