"""What a workbook says of itself in hidden rows and columns, on the way out and on the way in."""

from __future__ import annotations

#: Of the workbook that Marsad writes; raised when one it wrote before can no longer be read.
VERSION = "1"
#: The sheet that nobody sees.
HIDDEN_SHEET = "marsad"

#: Columns of a sheet of questions: found by these, wherever they were moved.
NUMBER = "m:number"
QUESTION = "m:question"
ANSWER = "m:answer"
CONFIDENTIAL = "m:confidential"
HELP = "m:help"
PATH = "m:path"
BASE = "m:base"
#: Of a sheet of a repeat: one column for each question, named `m:value:` and its path.
POSITION = "m:position"
VALUE = "m:value:"
BASES = "m:bases"

#: Under `BASES`, of rows that explain and hold no answers.
NO_ANSWERS = "-"

#: Lines of the hidden sheet.
ABOUT = ("version", "reply", "round", "state", "form", "language", "made_at")
