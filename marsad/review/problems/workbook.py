"""Workbooks that go out and come back."""

from __future__ import annotations

__all__: list[str] = []
