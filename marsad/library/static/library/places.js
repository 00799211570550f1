// The review by keyboard. Without this script every place has its buttons all the same.
// Keys are taken by where they are on the keyboard, so that they work under an Arabic layout too.
const PLACES = "[data-place]";
const acts = {
  KeyX: "reject", KeyE: "edit", KeyU: "undo",
  Digit1: "1", Digit2: "2", Digit3: "3", Numpad1: "1", Numpad2: "2", Numpad3: "3",
};
let last = null;

const places = () => [...document.querySelectorAll(PLACES)];
const here = () => document.activeElement?.closest?.(PLACES);
const act = (place, name) => place?.querySelector(`[data-act="${name}"]`);

function go(place) {
  if (!place) return;
  last = place.id;
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: "nearest" });
}

function step(from, by) {
  const all = places();
  const at = from ? all.indexOf(from) + by : all.findIndex((place) => place.id === last);
  go(all[Math.min(Math.max(at, 0), all.length - 1)]);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const place = here();
  if (event.target.matches("input, textarea, select")) {
    if (event.code === "Escape" && place) { event.preventDefault(); go(place); }
    if (event.key === "Enter" && event.target.matches("textarea") && place && !event.isComposing) {
      event.preventDefault();
      event.target.form.requestSubmit();
    }
    return;
  }
  if (event.key === "?" || event.key === "؟") {
    event.preventDefault();
    document.querySelector('[data-act="help"]')?.click();
    return;
  }
  if (event.code === "KeyJ" || (place && event.code === "ArrowDown")) {
    event.preventDefault();
    step(place, 1);
    return;
  }
  if (!place) return;
  if (event.code === "KeyK" || event.code === "ArrowUp") { event.preventDefault(); step(place, -1); return; }
  if (event.code === "Enter" && event.target === place) {
    event.preventDefault();
    (act(place, "accept") ?? act(place, "1"))?.click();
    return;
  }
  const wanted = act(place, acts[event.code]);
  if (!wanted || event.shiftKey) return;
  event.preventDefault();
  if (acts[event.code] === "edit") { wanted.focus(); wanted.select(); } else { wanted.click(); }
});

document.addEventListener("focusin", () => { last = here()?.id ?? last; });

// A place that was settled gives the focus to the next open one; one taken back keeps it.
document.addEventListener("htmx:afterSwap", (event) => {
  const id = event.detail.target?.id;
  const place = id && document.getElementById(id);
  if (!place?.matches(PLACES)) return;
  if (!place.hasAttribute("data-settled")) { go(place); return; }
  const all = places();
  const next = all.slice(all.indexOf(place) + 1).find((each) => !each.hasAttribute("data-settled"));
  go(next ?? place);
});
