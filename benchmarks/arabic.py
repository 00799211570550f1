"""How well and how fast broken Arabic is mended, in one run, beside what one would use instead.

    python benchmarks/arabic.py               every figure, in some minutes
    python benchmarks/arabic.py --smoke       the same on less, in under 20 seconds
    python benchmarks/arabic.py --only pdf    one table of them: see --help
    python benchmarks/arabic.py --json        for programs

It prints tables in Markdown. The real reports are measured where they lie beside the repository
(../shared, or MARSAD_SHARED); where they, a dictionary or a program are missing, a sentence says
so. Nothing here asserts.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "arabic"), str(Path(__file__).parent)]
SHARED = Path(os.environ.get("MARSAD_SHARED") or ROOT.parent / "shared")
CORPUS = ROOT / "marsad" / "arabic" / "data" / "corpus"
FACTS = ROOT / "tests" / "arabic" / "facts"
FONTS = ROOT / "marsad" / "design" / "static" / "design" / "fonts"
#: Kept from the language model while text of it is damaged and mended.
HELD_OUT = "working_groups.txt"
#: The same, to tell how sure an order is.
CALIBRATED_ON = "investigation.txt"


@dataclass
class Table:
    """One table of figures."""

    title: str
    heads: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)
    #: What is missing, or how a figure is to be read.
    notes: list[str] = field(default_factory=list)

    def markdown(self) -> str:
        if not self.rows:
            return "\n".join([f"\n### {self.title}\n", *self.notes])
        lines = [f"| {' | '.join(row)} |" for row in (self.heads, *self.rows)]
        lines.insert(1, "|" + " --- |" * len(self.heads))
        return "\n".join(
            [f"\n### {self.title}\n", *lines, *(["", *self.notes] if self.notes else [])]
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--smoke", action="store_true", help="measure less, in under 20 seconds")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--only", choices=SECTIONS, action="append", help="one table, or some")
    parser.add_argument("--in-child", choices=IN_CHILD, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.in_child:
        made = IN_CHILD[given.in_child](smoke=given.smoke)
        print(json.dumps([vars(table) for table in made]))
        return
    began = perf_counter()
    tables: list[Table] = []
    for name in given.only or SECTIONS:
        made = SECTIONS[name](smoke=given.smoke)
        tables += made
        if not given.json:
            print("\n".join(table.markdown() for table in made), flush=True)
    if given.json:
        print(json.dumps([vars(table) for table in tables], ensure_ascii=False))
    else:
        print(f"\nThe whole run took {perf_counter() - began:,.0f} s.")


# ── what one would use instead ───────────────────────────────────────────────────────────────────
def normalised(text: str) -> str:
    """NFKC, and tatweel taken out."""
    return unicodedata.normalize("NFKC", text).replace("ـ", "")


def stemmed(text: str) -> str:
    """Folded and stemmed, as for search: what differs only in form counts as right."""
    from Stemmer import Stemmer

    from marsad.arabic import fold

    stem = Stemmer("arabic").stemWord
    return re.sub(r"\w+", lambda word: str(stem(word[0])), fold(normalised(text)))


# ── the real reports ─────────────────────────────────────────────────────────────────────────────
@cache
def report(number: str) -> str | None:
    found = list((SHARED / "documents").glob(f"{number}_*.txt"))
    return found[0].read_text(encoding="utf-8") if found else None


@cache
def mended(number: str, *others: str) -> Any:
    from marsad import arabic

    return arabic.repair(report(number) or "", copies=[report(other) or "" for other in others])


def _missing(table: Table) -> list[Table]:
    table.notes.append(f"Not measured: the reports are not in {SHARED}.")
    return [table]


def one_report(*, smoke: bool) -> list[Table]:
    """000 alone and with its other copy, against the other copy corrected by hand."""
    from truth import corrected, score, true_lines

    table = Table(
        "The report of 2008: text layer (000) and scan (003), against 003 corrected by hand",
        ("text", "lines", "exact", "CER of lines", "without truth", "CER of paragraphs"),
    )
    slips = FACTS / "report_2008_slips.tsv"
    if report("000") is None or report("003") is None or not slips.exists():
        return _missing(table)
    if smoke:
        table.notes.append("Left out of the smoke test.")
        return [table]
    reference = corrected(report("003") or "", slips)
    plain = dict.fromkeys(["as it came", "NFKC, no tatweel"], "")
    plain["as it came"] = report("000") or ""
    plain["NFKC, no tatweel"] = normalised(report("000") or "")
    repairs = {
        "000 alone": mended("000"),
        "000 with 003": mended("000", "003"),
        "003 alone": mended("003"),
        "003 with 000": mended("003", "000"),
    }
    for name, text in plain.items():
        table.rows.append((f"000 {name}", "", "", "", "", f"{_paragraphs(text, reference):.4f}"))
    for name, repair in repairs.items():
        found = list(true_lines(repair, reference))
        got = score((text, truth) for text, truth in found if truth is not None)
        lost = sum(truth is None for _text, truth in found)
        table.rows.append(
            (
                name,
                str(len(found)),
                f"{got.exact / len(found):.3f}",
                f"{got.error_rate:.4f}",
                str(lost),
                f"{_paragraphs(repair.text, reference):.4f}",
            )
        )
    table.notes.append(
        "Lines without truth count as wrong; paragraphs are those `undocs` finds, 1 to 25, without "
        "footnotes. Goals: 000 alone CER 0.03 and 0.90 exact; with the other copy CER 0.003."
    )
    return [table]


def _paragraphs(text: str, reference: str) -> float:
    """Error rate over the numbered paragraphs, one after the other."""
    from rapidfuzz.distance import Levenshtein
    from truth import compared

    from marsad import undocs

    def read(given: str) -> dict[str, str]:
        found = undocs.read_structure(given, "ar").paragraphs
        return {str(each.number): compared(each.text) for each in found}

    truth, got = read(reference), read(text)
    wrong = sum(Levenshtein.distance(got.get(number, ""), want) for number, want in truth.items())
    return wrong / max(1, sum(map(len, truth.values())))


_WORD = re.compile("[\u0621-\u0652\u0670\u0671\ue000-\uf8ff]+")


def rejects(*, smoke: bool) -> list[Table]:
    """Words a dictionary rejects, before and after."""
    from marsad.arabic import dictionary

    table = Table(
        "Words a dictionary rejects (hunspell; and hunspell with the list of frequencies)",
        ("report", "words", "before", "after", "goal", "unknown before", "unknown after"),
    )
    if report("000") is None:
        return _missing(table)
    if not dictionary.present():
        table.notes.append("Not measured: no Arabic dictionary here (Debian's hunspell-ar).")
        return [table]
    goals = {"000": "1.0 %", "001": "2.5 %", "004": "1.5 %"}
    for number, goal in goals.items() if not smoke else ():
        repair = mended(number)
        before, after = _WORD.findall(repair.source), _WORD.findall(repair.text)
        table.rows.append(
            (
                number,
                f"{len(after):,}",
                *(
                    _share(words, lambda word: not dictionary.accepts(word))
                    for words in (before, after)
                ),
                goal,
                *(
                    _share(words, lambda word: not dictionary.known(word))
                    for words in (before, after)
                ),
            )
        )
    return [table]


def _share(words: Sequence[str], is_so: Callable[[str], bool]) -> str:
    return f"{sum(map(is_so, words)) / max(1, len(words)):.2%}"


def recognition(*, smoke: bool) -> list[Table]:
    """Slips of recognition in 002 and 003 that are mended or flagged."""
    table = Table(
        "Slips of optical reading, catalogued by hand",
        ("report", "slips", "mended", "flagged or mended", "changed", "of these right"),
        notes=["Goals for 002: 40 % mended at 98 % precision, 75 % flagged."],
    )
    try:
        from ocr_slips import SLIPS
    except ImportError:
        table.notes.append("Not measured: tests/arabic/ocr_slips.py is not here.")
        return [table]
    if report("002") is None:
        return _missing(table)
    for number, slips in SLIPS.items() if not smoke else ():
        changes = [c for c in mended(number).changes if c.stage == "ocr" or c.text_changed]
        right = [_found(changes, slip, applied=True) for slip in slips]
        seen = [
            _found(changes, slip, applied=False) or good
            for slip, good in zip(slips, right, strict=True)
        ]
        made = [change for change in changes if change.applied and change.text_changed]
        good = [change for change in made if any(_is(change, slip) for slip in slips)]
        table.rows.append(
            (
                number,
                str(len(slips)),
                f"{sum(right)} ({sum(right) / len(slips):.0%})",
                f"{sum(seen)} ({sum(seen) / len(slips):.0%})",
                str(len(made)),
                f"{len(good)} ({len(good) / max(1, len(made)):.0%})",
            )
        )
    return [table]


def _is(change: Any, slip: tuple[int, str, str]) -> bool:
    """Whether a change is the mending of a slip."""
    line, read, meant = slip
    return change.line == line and read in change.before and meant in change.after


def _found(changes: Iterable[Any], slip: tuple[int, str, str], *, applied: bool) -> bool:
    line, read, _meant = slip
    here = [c for c in changes if c.line == line and c.applied == applied]
    if applied:
        return any(_is(change, slip) for change in here)
    return any(re.search(rf"(?<!\w){re.escape(read)}(?!\w)", change.before) for change in here)


def pairs(*, smoke: bool) -> list[Table]:
    """The hand-made pairs, by class: each alone, and in its file."""
    table = Table(
        "Hand-made pairs",
        ("class", "pairs", "as it came", "alone", "in its file", "flagged or right in its file"),
        notes=[
            "Goals: text layer 85 %, recognition 45 %, controls all; recognition goes by the file."
        ],
    )
    file = SHARED / "data" / "repair_pairs.json"
    if not file.exists() or report("000") is None:
        return _missing(table)
    from truth import compared

    from marsad import arabic

    rows: dict[str, list[tuple[bool, bool, bool, bool]]] = {}
    found = json.loads(file.read_text(encoding="utf-8"))["pairs"]
    for pair in found[:8] if smoke else found:
        kind = pair["corruption"]
        marks = kind == "ocr_diacritic"
        wanted, alone, came = (
            compared(text, marks=marks).strip(".،؛:*()")
            for text in (
                pair["correct"],
                arabic.repair(pair["corrupted"]).text,
                pair["corrupted"],
            )
        )
        # page furniture is not this engine's work: the text is to be right beside it
        right = wanted in alone if "furniture" in kind else alone == wanted
        whole, flagged = (False, False) if smoke else _in_file(pair, wanted)
        group = kind.split("_")[0] if kind.startswith(("ocr", "control")) else "text layer"
        result = (came == wanted, right, whole, flagged or whole)
        for name in (group.upper(), kind):
            rows.setdefault(name, []).append(result)
    for name, results in sorted(rows.items(), key=lambda row: (not row[0].isupper(), row[0])):
        counts = [f"{sum(each):.0f}" for each in zip(*results, strict=True)]
        if smoke:
            counts[2:] = ["", ""]
        table.rows.append((name, str(len(results)), *counts))
    return [table]


def _in_file(pair: dict[str, Any], wanted: str) -> tuple[bool, bool]:
    from truth import compared

    repair = mended(pair["source"][:3])
    first, last = pair["line"], pair.get("line_to", pair["line"])
    lines = [line for line in repair.lines if first <= line.source_line <= last]
    kind = pair["corruption"]
    text = "\n".join(line.text for line in lines)
    got = compared(text, marks=kind == "ocr_diacritic").strip(".،؛:*()")
    part = kind.startswith(("ocr", "control")) or "furniture" in kind or " " not in wanted
    flagged = any(not change.applied for line in lines for change in line.changes)
    return (wanted in got if part else wanted == got), flagged


# ── damage with known truth ──────────────────────────────────────────────────────────────────────
def damaged(*, smoke: bool) -> list[Table]:
    """Damage made on purpose, mended by a model that has never seen the text."""
    return _in_child("damage", smoke=smoke)


def _in_child(what: str, *, smoke: bool) -> list[Table]:
    """Measure in a process of its own, whose language model some text is kept from."""
    command = [sys.executable, __file__, "--in-child", what, *(["--smoke"] if smoke else [])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return [Table(f"In a child: {what}", (), notes=[f"Failed: {done.stderr[-500:]}"])]
    return [
        Table(**{**each, "rows": [tuple(row) for row in each["rows"]]})
        for each in json.loads(done.stdout)
    ]


def _hold_out(*names: str) -> None:
    """Keep texts of our corpus from the language model, which is not made yet."""
    from marsad.arabic import data

    lines = data.lines
    data.lines = lambda name: () if str(name).endswith(names) else lines(name)  # type: ignore[assignment]


def damaged_here(*, smoke: bool) -> list[Table]:
    _hold_out(HELD_OUT)
    from truth import score

    from marsad import arabic
    from marsad.arabic.damage import RECIPES, Damaged, copies, damage

    table = Table(
        f"Damage made on purpose ({HELD_OUT}, which the language model was kept from)",
        (
            "damage",
            "lines",
            *(
                f"{way}: {what}"
                for way in ("came", "NFKC", "stems", "mended")
                for what in ("exact", "CER")
            ),
        ),
        notes=[
            "Stems: both sides folded and stemmed, so it counts as right what search would find."
        ],
    )
    clean = "\n".join(
        (CORPUS / HELD_OUT).read_text(encoding="utf-8").split("\n")[1 : 5 if smoke else 90]
    )

    def row(name: str, made: Damaged, mend: Callable[[str], str]) -> None:
        ways: list[Callable[[str], str]] = [str, normalised, stemmed, mend]
        cells: list[str] = []
        for way in ways:
            texts = way(made.text).split("\n")
            truth = (stemmed(made.truth) if way is stemmed else made.truth).split("\n")
            got = score(zip(texts, truth, strict=True))
            cells += [f"{got.exactness:.3f}", f"{got.error_rate:.4f}"]
        table.rows.append((name, str(len(made.pairs())), *cells))

    for name, recipe in list(RECIPES.items())[: 2 if smoke else None]:
        made = damage(clean, rng=random.Random(1), recipe=recipe)
        row(name, made, lambda text: arabic.repair(text).text)
    for one, other in (("justified", "ocr"), ("pieces", "ocr"), ("justified", "pieces")):
        if smoke:
            break
        first, second = copies(clean, seed=1, recipes=[RECIPES[one], RECIPES[other]])
        row(
            f"{one} with {other}",
            first,
            lambda text, second=second: arabic.repair(text, copies=[second.text]).text,
        )
    raw = raw_order(clean, font="Amiri")
    if raw is None:
        table.notes.append(
            "A PDF dumped in raw order is not measured: pdftotext or the fonts are missing."
        )
    else:
        row("PDF dumped in raw order", raw, lambda text: arabic.repair(text).text)
    return [table]


def raw_order(clean: str, *, font: str) -> Any:
    """Print a text line by line, and take it out in the order it was drawn in."""
    from marsad.arabic.damage import Damaged, Recipe, damage

    lines = damage(clean, rng=random.Random(1), recipe=Recipe(width=78)).truth.split("\n")
    lines = [line for line in lines if line.strip()]
    data = printed("\\\n".join(map(escaped, lines)), font=font)
    text = None if data is None else pdftotext(data, "-raw")
    if text is None:
        return None
    dumped = _joined(re.sub("[\u200e\u200f\u202a-\u202e\f]", "", text).split("\n"), lines)
    if not dumped:
        return None
    return Damaged(text="\n".join(dumped), truth="\n".join(lines[: len(dumped)]))


def _joined(pieces: Sequence[str], lines: Sequence[str]) -> list[str]:
    """Pieces of lines joined until each has as many letters as its line, as far as that goes."""
    waiting = [piece for piece in pieces if piece.strip()][::-1]
    joined: list[str] = []
    for line in lines:
        letters, got = sum(map(str.isalnum, line)), ""
        while waiting and sum(map(str.isalnum, got)) < letters:
            got = f"{got} {waiting.pop()}".strip()
        if sum(map(str.isalnum, got)) != letters:
            break
        joined.append(got)
    return joined


def confidence(*, smoke: bool) -> list[Table]:
    """Whether orders are as often right as they say, on damage with known truth."""
    return _in_child("confidence", smoke=smoke)


def confidence_here(*, smoke: bool) -> list[Table]:
    """Orders that were written, by how sure they said they were, and the temperature that fits.

    The temperature and the share of lines whose right order is found at all, which
    `stages/run_order.py` has, are those with the least log loss on CALIBRATED_ON; the table by
    confidence is made on HELD_OUT. Neither text is in the language model meanwhile.
    """
    _hold_out(HELD_OUT, CALIBRATED_ON)
    from marsad.arabic.stages import run_order

    fitted = _orders(CALIBRATED_ON, smoke=smoke)
    temperatures, shares = (0.7, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0), (1.0, 0.9, 0.8, 0.75, 0.7, 0.6)
    losses = Table(
        f"How sure an order is: log loss by temperature and share found ({CALIBRATED_ON})",
        ("temperature", *(f"found {share}" for share in shares)),
        notes=[f"{len(fitted)} orders. In use: {run_order._TEMPERATURE}, {run_order._FOUND}."],
    )
    for temperature in temperatures:
        cells = (f"{_log_loss(fitted, temperature, share):.3f}" for share in shares)
        losses.rows.append((f"{temperature}", *cells))
    table = Table(
        f"Orders by how sure they are ({HELD_OUT})", ("confidence", "orders", "right", "share")
    )
    stated = [
        (run_order._FOUND * run_order.chance(more, run_order._TEMPERATURE), right)
        for more, right in _orders(HELD_OUT, smoke=smoke)
    ]
    for low, high in pairwise((0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.01)):
        here = [right for sure, right in stated if low <= sure < high]
        if here:
            cells = (str(len(here)), str(sum(here)), f"{sum(here) / len(here):.2f}")
            table.rows.append((f"{low:.1f} to {min(high, 1.0):.1f}", *cells))
    return [losses, table]


def _log_loss(
    orders: Sequence[tuple[list[float], bool]], temperature: float, found: float
) -> float:
    from marsad.arabic.stages.run_order import chance

    chances = ((found * chance(more, temperature), right) for more, right in orders)
    losses = (math.log(max(1e-3, sure if right else 1 - sure)) for sure, right in chances)
    return -sum(losses) / max(1, len(orders))


def _orders(name: str, *, smoke: bool) -> list[tuple[list[float], bool]]:
    """Orders written in damaged text: what else costs more by how much, and whether it is right."""
    from truth import compared

    from marsad import arabic
    from marsad.arabic.damage import RECIPES, damage
    from marsad.arabic.stages import run_order

    lines = (CORPUS / name).read_text(encoding="utf-8").split("\n")
    clean = "\n".join(lines[1 : 4 if smoke else 40])
    found: list[tuple[list[float], bool]] = []
    asked: dict[int, list[float]] = {}
    mended = run_order.RunOrder._mended

    def noted(self: Any, line: Any, reading: Any, order: Any, after: Any) -> Any:
        others = (other.cost for other in run_order._close(reading, order))
        asked[line.number] = [cost - order.cost for cost in (reading.standing, *others)]
        return mended(self, line, reading, order, after)

    for recipe in ("justified",) if smoke else ("justified", "pieces", "office"):
        made = damage(clean, rng=random.Random(2), recipe=RECIPES[recipe])
        asked.clear()
        run_order.RunOrder._mended = noted  # type: ignore[method-assign]
        repair = arabic.repair(made.text)
        run_order.RunOrder._mended = mended  # type: ignore[method-assign]
        truth = made.truth.split("\n")
        texts = {line.source_line: compared(line.text) for line in repair.lines}
        found += [
            (more, texts[number] == compared(truth[number - 1])) for number, more in asked.items()
        ]
    return found


# ── PDFs ─────────────────────────────────────────────────────────────────────────────────────────
_TTF = {
    "Amiri": "amiri-400.ttf",
    "Noto Naskh Arabic": "noto-naskh-arabic-400.ttf",
    "IBM Plex Sans Arabic": "ibm-plex-sans-arabic-400.ttf",
}


def escaped(text: str) -> str:
    return re.sub(r"([#*_$@<>`\\\[\]~=+/-])", r"\\\1", text)


def printed(body: str, *, font: str) -> bytes | None:
    """A PDF by typst; none where the font is not here."""
    import typst

    if not (FONTS / _TTF[font]).exists():
        return None
    head = f'#set text(font: "{font}", lang: "ar", size: 11pt)\n#set par(justify: true)\n'
    return bytes(typst.compile((head + body).encode(), font_paths=[str(FONTS)]))


def browser_printed(paragraphs: Sequence[str], *, font: str) -> bytes | None:
    """A PDF by Chromium, where it is installed."""
    import shutil
    import tempfile
    from html import escape

    program = os.environ.get("MARSAD_CHROMIUM") or shutil.which("chromium")
    if program is None or not (FONTS / _TTF[font]).exists():
        return None
    style = f"@font-face{{font-family:known;src:url('{(FONTS / _TTF[font]).as_uri()}')}}"
    body = "".join(f"<p>{escape(each)}</p>" for each in paragraphs)
    style += "body{font:12pt known;text-align:justify}"
    head = f"<!doctype html><html lang=ar dir=rtl><meta charset=utf-8><style>{style}</style>"
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(head + body, encoding="utf-8")
        command = [program, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        command += [f"--user-data-dir={folder}/home", f"--print-to-pdf={made}", source.as_uri()]
        subprocess.run(command, capture_output=True, timeout=90, check=False)
        return made.read_bytes() if made.exists() else None


def pdftotext(data: bytes, *options: str) -> str | None:
    import shutil

    program = shutil.which("pdftotext")
    if program is None:
        return None
    command = [program, "-enc", "UTF-8", *options, "-", "-"]
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode()


def plain_pdfium(data: bytes) -> str:
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def plumbed(data: bytes) -> str | None:
    import io

    try:
        import pdfplumber
    except ImportError:
        return None
    with pdfplumber.open(io.BytesIO(data)) as document:
        return "\n".join(page.extract_text() or "" for page in document.pages)


def pdf(*, smoke: bool) -> list[Table]:
    """Known text printed in three fonts, and read back."""
    from marsad import arabic, reading

    table = Table(
        "PDFs printed from known text (CER, marks and all; thousand characters a second)",
        (
            "printed by",
            "font",
            "characters",
            "marsad",
            "mended after",
            "pypdfium2",
            "pdftotext",
            "pdfplumber",
        ),
        notes=["Goal: 0.01. A dash: not installed here."],
    )
    paragraphs = (
        (CORPUS / "resolutions.txt")
        .read_text(encoding="utf-8")
        .split("\n")[1 : 12 if smoke else 60]
    )
    wanted = _one_line("\n".join(paragraphs))
    for maker, make in (("typst", _by_typst), ("Chromium", browser_printed)):
        for font in list(_TTF)[: 1 if smoke else 3]:
            data = None if smoke and maker != "typst" else make(paragraphs, font=font)
            if data is None:
                continue
            seconds, found = timed(lambda data=data: reading.read(data, name="a.pdf").text)
            cells = [
                _rate(found, wanted, seconds),
                f"{_error(arabic.repair(found).text, wanted):.4f}",
            ]
            for way in (plain_pdfium, pdftotext, plumbed):
                seconds, other = timed(lambda way=way, data=data: way(data))
                cells.append("-" if other is None else _rate(other, wanted, seconds))
            table.rows.append((maker, font, f"{len(wanted):,}", *cells))
    if not table.rows:
        table.notes.append("Not measured: the fonts are not here (make setup).")
    return [table]


def _by_typst(paragraphs: Sequence[str], *, font: str) -> bytes | None:
    return printed("\n\n".join(map(escaped, paragraphs)), font=font)


def _one_line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _error(text: str, wanted: str) -> float:
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(_one_line(text), wanted) / len(wanted)


def _rate(text: str, wanted: str, seconds: float) -> str:
    return f"{_error(text, wanted):.4f} ({len(wanted) / seconds / 1e3:,.0f}k)"


# ── speed ────────────────────────────────────────────────────────────────────────────────────────
def speed(*, smoke: bool) -> list[Table]:
    """Characters a second of processor time, and how the time grows with the text."""
    from marsad import arabic
    from marsad.arabic.damage import RECIPES, damage

    clean = "\n".join(
        (CORPUS / "demand.txt").read_text(encoding="utf-8").split("\n")[1 : 8 if smoke else 60]
    )
    began = process_time()
    for warm in (damage(clean[:600], rng=random.Random(5)).text, clean[:600]):
        arabic.repair(warm)
    table = Table(
        "Speed (characters a second of processor time)",
        ("text", "characters", "characters a second", "seconds"),
        notes=[
            f"Lists and models are loaded once, in {process_time() - began:.1f} s, not counted. "
            "Aims: 20,000 on plain lines, a report of 40,000 characters in under 10 s."
        ],
    )
    plain = damage(clean, rng=random.Random(1), recipe=_unbroken()).text
    texts = {"clean": clean, "stretched, in order": plain}
    texts |= {
        name: damage(clean, rng=random.Random(2), recipe=r).text for name, r in RECIPES.items()
    }
    texts |= {
        n: report(n) or "" for n in ("000", "001", "002", "003", "004") if report(n) and not smoke
    }
    for name, text in texts.items():
        spent, _repair = timed(lambda text=text: arabic.repair(text), clock=process_time)
        table.rows.append((name, f"{len(text):,}", f"{len(text) / spent:,.0f}", f"{spent:.2f}"))
    seconds, _text = timed(lambda: normalised(clean * 20), clock=process_time)
    table.rows.append(
        (
            "NFKC, no tatweel",
            f"{len(clean) * 20:,}",
            f"{len(clean) * 20 / seconds:,.0f}",
            f"{seconds:.2f}",
        )
    )
    return [table, _growth(smoke=smoke)]


def _unbroken() -> Any:
    from marsad.arabic.damage import Recipe

    return Recipe(runs=0, markers=0, tatweel=0.15, codes=())


def _growth(*, smoke: bool) -> Table:
    from marsad import arabic
    from marsad.arabic.damage import RECIPES, damage

    table = Table(
        "Growth of the time with the text (1.00 is linear)",
        ("text", "characters", "once", "10 times", "100 times"),
        notes=["Different text of one kind, so that nothing is read twice from memory."],
    )
    whole = "\n".join(
        "\n".join(file.read_text(encoding="utf-8").split("\n")[1:])
        for file in sorted(CORPUS.glob("*.txt"))
    )
    size = 1_000 if smoke else 4_000
    for name in ("justified",) if smoke else ("justified", "office"):
        text = damage(whole, rng=random.Random(3), recipe=RECIPES[name]).text
        row, first = [name, f"{size:,}"], 0.0
        for times in (1, 10) if smoke else (1, 10, 100):
            part = text[: size * times]
            spent, _repair = timed(lambda part=part: arabic.repair(part), clock=process_time)
            first = first or spent
            row.append(
                f"{spent:.2f} s" if times == 1 else f"{spent / first / (len(part) / size):.2f}"
            )
        table.rows.append((*row, "", "")[:5])
    return table


def timed(
    act: Callable[[], Any], *, clock: Callable[[], float] = perf_counter
) -> tuple[float, Any]:
    began = clock()
    given = act()
    return max(clock() - began, 1e-6), given


SECTIONS: dict[str, Callable[..., list[Table]]] = {
    "report": one_report,
    "rejects": rejects,
    "recognition": recognition,
    "pairs": pairs,
    "damage": damaged,
    "confidence": confidence,
    "pdf": pdf,
    "speed": speed,
}
#: What is measured in a process of its own.
IN_CHILD: dict[str, Callable[..., list[Table]]] = {
    "damage": damaged_here,
    "confidence": confidence_here,
}

if __name__ == "__main__":
    main()
