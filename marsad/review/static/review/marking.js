// Mark a passage of an answer, with the mouse or with the keyboard. Without this script the whole
// answer is given the themes.
const text = document.querySelector("[data-marking]");
const form = document.querySelector("[data-marking-form]");

if (text && form) {
  const shown = form.querySelector("[data-passage]");
  const fields = { start: form.elements.namedItem("start"), end: form.elements.namedItem("end") };
  const whole = text.textContent;
  const words = [...whole.matchAll(/\S+/gu)].map((found) => [found.index, found.index + found[0].length]);
  const isRtl = getComputedStyle(text).direction === "rtl";
  // The first word taken and the last, as places in `words`; the last moves with Shift.
  let from = -1;
  let to = -1;

  document.querySelector("[data-without-script]")?.setAttribute("hidden", "");
  document.querySelector("[data-with-script]")?.removeAttribute("hidden");

  // Characters as the server counts them: one for each sign, also beyond the first plane.
  const signs = (place) => [...whole.slice(0, place)].length;

  function take(start, end) {
    const passage = whole.slice(start, end);
    const begin = start + passage.length - passage.trimStart().length;
    const stop = end - (passage.length - passage.trimEnd().length);
    const isOne = stop > begin;
    fields.start.value = isOne ? signs(begin) : "";
    fields.end.value = isOne ? signs(stop) : "";
    shown.textContent = isOne ? whole.slice(begin, stop) : shown.dataset.whole;
    shown.dir = isOne ? "auto" : "";
  }

  // Where a point of the page stands in the words of the answer.
  function placeOf(node, offset) {
    const before = document.createRange();
    before.selectNodeContents(text);
    before.setEnd(node, offset);
    return before.toString().length;
  }

  function pointAt(place) {
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    let rest = place;
    let last = null;
    while (walker.nextNode()) {
      last = walker.currentNode;
      if (rest <= last.length) return [last, rest];
      rest -= last.length;
    }
    return [last ?? text, last ? last.length : 0];
  }

  function select(start, end) {
    const range = document.createRange();
    range.setStart(...pointAt(start));
    range.setEnd(...pointAt(end));
    const chosen = getSelection();
    chosen.removeAllRanges();
    chosen.addRange(range);
  }

  document.addEventListener("selectionchange", () => {
    const chosen = getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed) return;
    const range = chosen.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
    take(placeOf(range.startContainer, range.startOffset), placeOf(range.endContainer, range.endOffset));
  });

  const steps = { ArrowDown: 1, ArrowUp: -1, ArrowRight: isRtl ? -1 : 1, ArrowLeft: isRtl ? 1 : -1 };
  text.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !words.length) return;
    if (event.key === "Escape") {
      from = to = -1;
      getSelection().removeAllRanges();
      take(0, 0);
      return;
    }
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    to = Math.min(Math.max(to + step, 0), words.length - 1);
    if (!event.shiftKey || from < 0) from = to;
    select(words[Math.min(from, to)][0], words[Math.max(from, to)][1]);
  });

  take(0, 0);
}
