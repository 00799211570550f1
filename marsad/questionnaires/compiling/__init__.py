"""XLSForm in, XForm and its tree out; or faults, each with its sheet, row, column and remedy.

Knows nothing of Django and of no database; `compile_form` is all one needs.
"""

from __future__ import annotations

from marsad.questionnaires.compiling.annotate import annotate
from marsad.questionnaires.compiling.compile import Compiled, Found, compile_form, faults_of
from marsad.questionnaires.compiling.faults import BrokenForm, Fault
from marsad.questionnaires.compiling.own_columns import Served, Serves

__all__ = [
    "BrokenForm",
    "Compiled",
    "Fault",
    "Found",
    "Served",
    "Serves",
    "annotate",
    "compile_form",
    "faults_of",
]
