// New figures change the open page within a second; a list of places can be searched.
// Without this script the page is as it was when it was loaded, and all of it works.
const A_SECOND = 1000;
const A_MINUTE = 60 * A_SECOND;
const said = document.getElementById("trends-said");
const answer = () => document.getElementById("trends-answer");

// ── figures of now ──────────────────────────────────────────────────────────────────────────────
let pause = A_SECOND;
let timer = 0;
let asking = false;

function later() {
  clearTimeout(timer);
  if (!document.hidden && said?.dataset.now && !chosePast()) timer = setTimeout(ask, pause);
}

// As at a day that is past, nothing changes any more.
function chosePast() {
  return new URLSearchParams(location.search).has("at");
}

async function ask() {
  if (asking) return;
  asking = true;
  try {
    // The browser sends the tag it has; while nothing changes the answer is empty.
    const told = await fetch(said.dataset.now, { cache: "no-cache" });
    if (!told.ok) throw new Error(String(told.status));
    const { version } = await told.json();
    if (version !== answer().dataset.version && version) await renew();
    // The server says how soon: sooner while few pages are open.
    pause = Number(told.headers.get("Marsad-Ask-Again")) || A_SECOND;
    // Whoever pays for every byte asks less often.
    if (navigator.connection?.saveData) pause = 10 * A_SECOND;
  } catch {
    pause = Math.min(pause * 2, A_MINUTE);
  } finally {
    asking = false;
    later();
  }
}

async function renew() {
  const here = location.href;
  const told = await fetch(here, { headers: { "HX-Request": "true" }, cache: "no-store" });
  if (!told.ok) throw new Error(String(told.status));
  const made = new DOMParser().parseFromString(await told.text(), "text/html");
  const next = made.getElementById("trends-answer");
  // Meanwhile the reader may have chosen something else, which has the new figures already.
  if (!next || here !== location.href) return;
  const old = answer();
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  for (const open of old.querySelectorAll("details[open][id]")) {
    next.querySelector(`#${open.id}`)?.setAttribute("open", "");
  }
  old.replaceWith(next);
  // Made-up figures leave with their mark as soon as real ones are there.
  if (!next.dataset.madeUp) document.querySelector("[data-made-up]")?.remove();
  window.htmx?.process(next);
  if (focused) again(next, focused)?.focus({ preventScroll: true });
  const based = next.querySelector(".trends__sentences li")?.textContent ?? "";
  said.textContent = `${said.dataset.says} ${based}`;
}

// Where the reader was: the same link, or the picture.
function again(next, focused) {
  const href = focused.getAttribute("href");
  const same = href && [...next.querySelectorAll("a")].find((link) => link.getAttribute("href") === href);
  return same || next.querySelector(".trends__picture");
}

document.addEventListener("visibilitychange", () => {
  clearTimeout(timer);
  if (!document.hidden) {
    pause = A_SECOND;
    if (said?.dataset.now && !chosePast()) ask();
  }
});
later();

// ── what was chosen ─────────────────────────────────────────────────────────────────────────────
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target?.id !== "trends-answer" && event.detail?.target?.id !== "trends-answer") return;
  said.textContent = answer()?.querySelector(".trends__title")?.textContent ?? "";
  later();
});

// What cannot be understood is told where it was asked, not lost.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status === 422) event.detail.shouldSwap = true;
});

// Back and forward: the address says all that the page shows.
window.addEventListener("popstate", () => location.reload());

// ── the list of places ──────────────────────────────────────────────────────────────────────────
const search = document.getElementById("trends-places-search");
if (search) {
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[أإآٱ]/g, "ا").toLowerCase();
  const lines = [...document.querySelectorAll("#trends-places li")].map((line) => [line, plain(line.textContent)]);
  search.parentElement.hidden = false;
  // Typing here chooses nothing yet.
  search.addEventListener("change", (event) => event.stopPropagation());
  search.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  search.addEventListener("input", () => {
    const wanted = plain(search.value.trim());
    for (const [line, name] of lines) {
      line.hidden = !name.includes(wanted) && !line.querySelector("input").checked;
    }
  });
}
