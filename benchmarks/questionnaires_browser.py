"""How soon a form can be filled in in Chromium, and how soon a follow-up question appears.

    python benchmarks/questionnaires_browser.py            30, 300 and 1,000 questions
    python benchmarks/questionnaires_browser.py --smoke    30 and 300

`benchmarks/questionnaires.py` runs this too. The forms have text, numbers and choices in sections,
a quarter of the questions hangs on an answer, and some have constraints. Every figure is the median
of three openings with nothing in the browser's cache, from the click to the moment one can type.
Our own server is left out, and our own pages' wall is kept: the same policy, script and form.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
STATIC = ROOT / "marsad" / "questionnaires" / "static" / "questionnaires"
DESIGN = ROOT / "marsad" / "design" / "static" / "design"
SPOKEN = (
    ("العربية (ar)", "هل اتُّخذ هذا التدبير في قطاع العمل"),
    ("English (en)", "Was this measure taken in the labour sector"),
    ("Français (fr)", "Cette mesure a-t-elle été prise dans le secteur du travail"),
    ("Español (es)", "Se adoptó esta medida en el sector laboral"),
    ("Русский (ru)", "Была ли принята эта мера в сфере труда"),
    ("中文 (zh)", "是否在劳工部门采取了这项措施"),
)
TIMES = 3
#: Follow-up questions that are made to appear in each opening.
FOLLOW_UPS = 5


def form(questions: int, languages: int) -> Mapping[str, list[dict[str, str]]]:
    """A workbook of that size, as pyxform takes it from memory."""
    spoken = SPOKEN[:languages]

    def said(words: Callable[[str], str], column: str = "label") -> dict[str, str]:
        return {f"{column}::{name}": words(word) for name, word in spoken}

    survey: list[dict[str, str]] = []
    for number in range(questions):
        if number % 25 == 0:
            if number:
                survey.append({"type": "end_group", "name": ""})
            group = said(lambda word, at=number: f"{at // 25 + 1}. {word}")
            survey.append({"type": "begin_group", "name": f"g{number}", **group})
        survey.append(_question(number, said))
    survey.append({"type": "end_group", "name": ""})
    choices = [
        {"list_name": "answers", "name": value, **said(lambda word, v=value: f"{v}: {word[:12]}")}
        for value in ("yes", "partly", "no", "considered", "inapplicable", "unknown")
    ]
    settings = {
        "form_title": "Benchmark",
        "form_id": "bench",
        "version": "1",
        "default_language": SPOKEN[0][0],
    }
    return {"survey": survey, "choices": choices, "settings": [settings]}


def _question(number: int, said: Callable[..., dict[str, str]]) -> dict[str, str]:
    kinds = ("select_one answers", "text", "integer", "select_multiple answers")
    row = {"type": kinds[number % 4], "name": f"q{number}", **said(lambda word: f"{word} {number}")}
    if number % 4 == 1:
        row["relevant"] = f"${{q{number - 1}}} = 'yes'"
    if number % 4 == 2:
        row["constraint"] = ". >= 0"
        row |= said(lambda word: f"≥ 0 · {word[:8]}", "constraint_message")
    if number % 5 == 0:
        row |= said(lambda word: f"{word}.", "hint")
    return row


def measure(*, smoke: bool = False) -> None:
    """Print what it takes, or why that cannot be known here."""
    from marsad.questionnaires import rendering

    if not rendering.is_built():
        print("In the browser: not measured, since the form engine is not built.")
        return
    chromium = os.environ.get("MARSAD_CHROMIUM") or shutil.which("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        print("In the browser: not measured, since there is no Playwright.")
        return
    print("questions  languages  compiled     drawn    on the wire  can be typed in  follow-up")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        for questions in (30, 300) if smoke else (30, 300, 1_000):
            for languages in (1, 6):
                print(_line(browser, questions, languages), flush=True)
        browser.close()


def _line(browser: Any, questions: int, languages: int) -> str:
    from pyxform.xls2xform import convert

    from marsad.questionnaires import rendering

    workbook = form(questions, languages)
    began = perf_counter()
    xform = convert(workbook).xform.encode()
    compiled = perf_counter() - began
    began = perf_counter()
    drawn = rendering.render(xform=xform, language="ar")
    drew = perf_counter() - began
    with _served(drawn) as (address, size):
        opened = [_open(browser, address) for _ in range(TIMES)]
    ready = _middle(seconds for seconds, _follow_ups in opened)
    follow_up = _middle(one for _seconds, some in opened for one in some)
    return (
        f"{questions:9,}  {languages:9}  {compiled:6.2f} s  {drew:6.2f} s  {size / 1000:9,.0f} kB"
        f"  {ready:13.2f} s  {follow_up * 1000:6.0f} ms"
    )


def _open(browser: Any, address: str) -> tuple[float, Sequence[float]]:
    """Seconds until one can type, and until each of some follow-up questions was shown."""
    context = browser.new_context(locale="ar", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    began = perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_selector("html[data-form=ready]", timeout=60_000)
    ready = perf_counter() - began
    assert not wrong, wrong
    follow_ups = [_follow_up(page, 4 * number) for number in range(FOLLOW_UPS)]
    context.close()
    return ready, follow_ups


def _follow_up(page: Any, number: int) -> float:
    """Answer, and wait until the question that hangs on it is on the screen."""
    yes = page.locator(f"input[data-name$='/q{number}'][value='yes']")
    next_one = page.locator(f".question:has([name$='/q{number + 1}'])")
    yes.scroll_into_view_if_needed()
    return float(
        yes.evaluate(
            """async (yes, name) => {
                const next = document.querySelector(`[name$='/${name}']`).closest('.question');
                const began = performance.now();
                yes.click();
                while (!next.offsetParent) {
                    await new Promise(requestAnimationFrame);
                }
                await new Promise(requestAnimationFrame);
                return (performance.now() - began) / 1000;
            }""",
            f"q{number + 1}",
        )
        if not next_one.is_visible()
        else 0.0
    )


@contextmanager
def _served(drawn: Any) -> Iterator[tuple[str, int]]:
    """A page with that form, on a port of its own; and what of the form goes over the wire."""
    from marsad.questionnaires.views.filling import POLICY

    body = gzip.compress(json.dumps({"form": drawn.form, "model": drawn.model}).encode(), 6)
    page = _page(drawn).encode()
    files = {
        "/": ("text/html; charset=utf-8", page),
        "/fill.js": ("text/javascript", (STATIC / "built" / "fill.js").read_bytes()),
        "/form.css": ("text/css", (STATIC / "form.css").read_bytes()),
        "/tokens.css": ("text/css", (DESIGN / "tokens.css").read_bytes()),
        "/base.css": ("text/css", (DESIGN / "base.css").read_bytes()),
    }

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            kind, data = (
                ("application/json", body)
                if path == "/form/"
                else files.get(path, ("text/plain", b""))
            )
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Security-Policy", POLICY)
            if path == "/form/":
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_said: Any) -> None:
            """Say nothing of each request."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", len(body)
    finally:
        server.shutdown()
        server.server_close()


def _page(drawn: Any) -> str:
    from marsad.questionnaires.rendering import form_words

    settings = {
        "language": "ar",
        "words": form_words("ar"),
        "says": {},
        "digits": "arab",
        "formDigits": "arab",
        "months": None,
        "largest": {"bytes": 1, "readable": "1"},
        "preview": True,
        "draft": {"key": "bench"},
        "urls": {"form": "/form/"},
    }
    sheets = "".join(
        f'<link rel="stylesheet" href="/{name}.css">' for name in ("tokens", "base", "form")
    )
    data = json.dumps(settings, ensure_ascii=False).replace("<", "\\u003c")
    return (
        f'<!doctype html><html lang="ar" dir="rtl"><head><title>Benchmark</title>{sheets}'
        '<link rel="icon" href="data:,"><script type="module" src="/fill.js"></script></head><body>'
        '<div id="fill-faults"></div><div id="fill-form"><p id="fill-waiting"></p>'
        '<div class="form-footer"><button class="previous-page"></button>'
        '<button class="next-page"></button></div></div><p id="fill-state"></p>'
        '<p id="fill-progress-words"></p><progress id="fill-progress"></progress>'
        f'<script type="application/json" id="fill-settings">{data}</script></body></html>'
    )


def main() -> None:
    """Measure by itself."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--smoke", action="store_true", help="measure less")
    given = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    measure(smoke=given.smoke)


def _middle(seconds: Iterable[float]) -> float:
    """Half took less. Python's own `statistics` lies behind the benchmark of that name here."""
    every = sorted(seconds)
    return (every[(len(every) - 1) // 2] + every[len(every) // 2]) / 2


if __name__ == "__main__":
    main()
