"""What several commands tell alike."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

from django.core.management.base import OutputWrapper
from django.utils.translation import gettext as _

from marsad.statistics.records.reading import RecordPreview
from marsad.tabulation.reader import Preview

#: Of many remarks so many are printed.
SHOWN = 20


def print_json(told: Any, *, out: OutputWrapper) -> None:
    """Print something for a program to read."""
    out.write(json.dumps(told, ensure_ascii=False, indent=2, default=str))


def tell_preview(
    found: Preview | RecordPreview, options: Mapping[str, Any], *, out: OutputWrapper
) -> None:
    """Say what would be understood of a file; ends with 1 where some of it could not be kept."""
    if options["json"]:
        print_json(found.as_json(), out=out)
    else:
        out.write(
            _(
                "{name}: rows {rows}; understood {understood}, doubted {doubted}, refused "
                "{refused}. Nothing was stored."
            ).format(
                name=found.name,
                rows=found.rows,
                understood=found.understood,
                doubted=found.doubted,
                refused=found.refused,
            )
        )
        told = [*found.remarks_of("refused"), *found.remarks_of("doubted")]
        for remark in told[:SHOWN]:
            out.write(f"    {remark.sentence}")
        for code, count in found.counts.most_common():
            out.write(f"    {count:>7,}  {code}")
    if not found.may_be_kept:
        sys.exit(1)
