// A section saves itself while people type. Without this script its button saves everything.
//
// Each answer goes by itself, with the revision its writer saw. What could not be sent waits here
// and is tried again; what was refused stays on the page, to be copied or kept as a file.

const form = document.getElementById("section-form");
const words = JSON.parse(document.getElementById("reply-words").textContent);
const state = document.getElementById("save-state");
const kept = document.getElementById("kept");

const PAUSE = 600;
const LONGEST_WAIT = 30_000;
const POLL = 15_000;

/** Places that wait: what was typed last, and what it is to be saved with. */
const waiting = new Map();
/** The one on its way, and what of it was sent. */
let sending = null;
let timer = 0;
let wait = 2_000;
let refused = false;
let since = form.dataset.since;

const say = (text, kind = "") => {
  if (state.textContent !== text) state.textContent = text;
  state.dataset.kind = kind;
};
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");
const questionOf = (element) => element?.closest?.("[data-question]");
const byPlace = (place) =>
  [...form.querySelectorAll("[data-question]")].find((each) => each.dataset.place === place);

// ── what a question holds ──────────────────────────────────────────────────────────────────────
const controls = (question) =>
  [...question.querySelectorAll("input, textarea, select")].filter((each) => each.name.startsWith("v:"));

function valueOf(question) {
  return controls(question)
    .filter((each) => !["radio", "checkbox"].includes(each.type) || each.checked)
    .map((each) => each.value)
    .join(" ")
    .trim();
}

function put(question, value) {
  const chosen = question.dataset.control === "many" ? value.split(" ") : [value];
  for (const each of controls(question)) {
    if (["radio", "checkbox"].includes(each.type)) each.checked = chosen.includes(each.value);
    else each.value = value;
  }
  const clear = question.querySelector("[data-clear]");
  if (clear) clear.hidden = !value;
}

const isConfidential = (question) => question.querySelector("[data-confidential]")?.checked ?? false;

function seen(question, revision) {
  question.dataset.base = String(revision);
  const base = question.querySelector('input[type="hidden"]');
  if (base) base.value = String(revision);
}

// ── saving ─────────────────────────────────────────────────────────────────────────────────────
function want(question, more = {}) {
  waiting.set(question.dataset.place, { question, ...more });
  const clear = question.querySelector("[data-clear]");
  if (clear) clear.hidden = !valueOf(question);
}

function later(pause = PAUSE) {
  clearTimeout(timer);
  timer = setTimeout(flush, pause);
}

function body(question, more) {
  const sent = new FormData();
  sent.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  sent.set("place", question.dataset.place);
  sent.set("value", more.offer ? more.value : valueOf(question));
  sent.set("base", question.dataset.base);
  sent.set("confidential", isConfidential(question) ? "yes" : "no");
  if (more.offer) sent.set("offer", more.offer);
  for (const open of new URLSearchParams(location.search).getAll("open")) sent.append("open", open);
  return sent;
}

async function flush() {
  if (sending || refused || !waiting.size) return;
  const [place, { question, ...more }] = waiting.entries().next().value;
  waiting.delete(place);
  sending = { place, question, more, value: valueOf(question) };
  say(words.saving);
  let answer;
  try {
    answer = await fetch(form.dataset.save, { method: "POST", body: body(question, more), redirect: "manual" });
    if (answer.status >= 500) throw new Error("server");
  } catch {
    const lost = sending;
    sending = null;
    // Typed on meanwhile: what is newer waits already.
    if (!waiting.has(lost.place)) waiting.set(lost.place, { question: lost.question, ...lost.more });
    offline();
    return;
  }
  const sent = sending;
  sending = null;
  wait = 2_000;
  await take(answer, sent);
  if (waiting.size) later(0);
}

function offline() {
  say(words.offline, "offline");
  clearTimeout(timer);
  timer = setTimeout(flush, wait);
  wait = Math.min(wait * 2, LONGEST_WAIT);
}

async function take(answer, sent) {
  let told = null;
  try {
    told = await answer.json();
  } catch {
    told = null;
  }
  if (answer.ok && told) return saved(sent, told);
  if (!told || told.code === "signed-out") return stop(words.signedout, sent);
  if (told.code === "review.answer.changed-meanwhile") return clash(sent.question, told);
  if (answer.status === 422) {
    fault(sent.question, told.message);
    say(told.message, "refused");
    return undefined;
  }
  return stop(told.message, sent);
}

function saved(sent, told) {
  const { question } = sent;
  seen(question, told.revision);
  if (sent.more.offer) put(question, told.value);
  else if (valueOf(question) === sent.value && question.dataset.control === "line" && document.activeElement !== controls(question)[0]) put(question, told.value);
  question.querySelector("[data-clash]")?.remove();
  question.querySelector("[data-state]").textContent = filled(words.saved, { time: told.time });
  question.classList.remove("asked--wrong");
  fault(question, told.fault);
  follow(told);
  if (!waiting.size) say(filled(words.saved, { time: told.time }));
  hide(question, told.value);
}

/** What an answer changes on the page: follow-ups, faults, choices, computed words, counts. */
function follow(told) {
  const shown = new Set(told.shown);
  for (const each of form.querySelectorAll("[data-question], .asked-group, .asked-note")) {
    if (each.id) each.hidden = !shown.has(each.id);
  }
  for (const question of form.querySelectorAll("[data-question]")) {
    const place = question.dataset.place;
    if (!waiting.has(place) && !question.querySelector("[data-clash]")) fault(question, told.faults[question.id] ?? "");
    const offered = told.offered[question.id];
    for (const choice of question.querySelectorAll("[data-choice]")) {
      const isChosen = choice.querySelector("input")?.checked;
      choice.hidden = Boolean(offered) && !offered.includes(choice.dataset.choice) && !isChosen;
    }
    for (const option of question.querySelectorAll("select option")) {
      option.hidden = Boolean(offered) && option.value !== "" && !offered.includes(option.value) && !option.selected;
    }
  }
  for (const [id, label] of Object.entries(told.labels)) {
    const note = document.getElementById(id);
    if (note) note.textContent = label;
  }
  document.getElementById("section-counts").textContent = filled(words.counts, told.counts);
}

function fault(question, text) {
  const place = question.querySelector("[data-fault]");
  if (!place) return;
  if (place.textContent !== text) place.textContent = text;
  question.classList.toggle("asked--wrong", Boolean(text));
}

/** An earlier answer that was taken over, or is the same, is offered no more. */
function hide(question, value) {
  const offer = question.querySelector("[data-earlier]");
  if (offer) offer.hidden = offer.querySelector("[data-take]").dataset.value === value;
}

// ── two answers to one question ────────────────────────────────────────────────────────────────
function clash(question, told) {
  say(told.message, "refused");
  question.querySelector("[data-clash]")?.remove();
  const holder = document.createElement("div");
  holder.innerHTML = told.html;
  const both = holder.firstElementChild;
  both.dataset.revision = told.revision;
  both.dataset.value = told.value;
  question.querySelector(".asked__main").append(both);
}

function choose(button) {
  const question = questionOf(button);
  const both = button.closest("[data-clash]");
  const { revision, value } = both.dataset;
  if (revision === undefined) return false; // drawn by the server: the form does it
  seen(question, revision);
  both.remove();
  if (button.dataset.keep === "theirs") {
    put(question, value);
    waiting.delete(question.dataset.place);
    say("");
  } else {
    want(question);
    later(0);
  }
  controls(question)[0]?.focus();
  return true;
}

// ── refused: what was typed is not lost ────────────────────────────────────────────────────────
function stop(message, sent) {
  refused = true;
  if (sent && !waiting.has(sent.place)) waiting.set(sent.place, { question: sent.question, ...sent.more });
  clearTimeout(timer);
  say(message, "refused");
  if (!waiting.size) return;
  document.getElementById("kept-words").textContent = `${message} ${words.kept}`;
  const file = document.getElementById("kept-file");
  file.href = URL.createObjectURL(new Blob([unsaved()], { type: "text/plain;charset=utf-8" }));
  // Whoever types on is not taken away from it.
  if (kept.hidden) {
    kept.hidden = false;
    file.focus();
  }
}

// What refused is over, such as a round that was closed: what waits is sent after all.
function resume() {
  refused = false;
  kept.hidden = true;
  say("");
  later(0);
}

function unsaved() {
  return [...waiting.values()]
    .map(({ question }) => {
      const label = question.querySelector(".asked__label")?.textContent.trim() ?? "";
      const chosen = controls(question)
        .filter((each) => each.checked)
        .map((each) => each.closest("label")?.textContent.trim());
      return `${label}\n${chosen.length ? chosen.join("\n") : valueOf(question)}\n`;
    })
    .join("\n");
}

document.getElementById("kept-copy").addEventListener("click", async (event) => {
  const button = event.currentTarget;
  try {
    await navigator.clipboard.writeText(unsaved());
    button.textContent = words.copied;
  } catch {
    document.getElementById("kept-file").focus();
  }
});

// ── what people do ─────────────────────────────────────────────────────────────────────────────
form.addEventListener("input", (event) => {
  const question = questionOf(event.target);
  if (!question || question.querySelector("[data-clash]")) return;
  if (refused) {
    waiting.set(question.dataset.place, { question });
    return stop(state.textContent, null);
  }
  want(question);
  later(["radio", "checkbox", "select-one"].includes(event.target.type) ? 50 : PAUSE);
  return undefined;
});

form.addEventListener("focusout", (event) => {
  const question = questionOf(event.target);
  if (question && waiting.has(question.dataset.place)) later(0);
});

form.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const question = questionOf(button);
  if (!button || !question || refused) return;
  if (button.matches("[data-keep]") && choose(button)) event.preventDefault();
  if (button.matches("[data-clear]")) {
    event.preventDefault();
    put(question, "");
    want(question);
    later(0);
    controls(question)[0]?.focus();
  }
  if (button.matches("[data-take]")) {
    event.preventDefault();
    want(question, { offer: button.dataset.offer, value: button.dataset.value });
    later(0);
  }
});

// The button, an entry added or taken away: the form is sent as without a script, with everything.
form.addEventListener("submit", (event) => {
  if (refused) {
    event.preventDefault();
    stop(state.textContent, null);
    return;
  }
  leaving = true;
});

// ── before leaving ─────────────────────────────────────────────────────────────────────────────
let leaving = false;

function sendWhatWaits() {
  if (refused || leaving) return;
  const last = [...waiting.values()];
  if (sending && valueOf(sending.question) !== sending.value) last.push(sending);
  for (const { question, offer, value } of last) {
    fetch(form.dataset.save, { method: "POST", body: body(question, { offer, value }), keepalive: true }).catch(() => {});
  }
}

window.addEventListener("pagehide", sendWhatWaits);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") later(0);
  else poll();
});
window.addEventListener("beforeunload", (event) => {
  if (leaving) return;
  const isLost = waiting.size && (refused || state.dataset.kind === "offline" || !navigator.onLine);
  if (isLost) event.preventDefault();
});
window.addEventListener("online", () => {
  wait = 2_000;
  later(0);
});

// ── others ─────────────────────────────────────────────────────────────────────────────────────
async function poll() {
  if (document.visibilityState === "hidden") return;
  let told;
  try {
    const answer = await fetch(`${form.dataset.now}?since=${encodeURIComponent(since)}`, { redirect: "manual" });
    told = await answer.json();
    if (!answer.ok) return;
  } catch {
    return;
  }
  since = told.now;
  document.getElementById("section-here").textContent = told.here ? filled(words.here, { names: told.here }) : "";
  for (const each of told.answers) arrive(each);
  if (told.closed) stop(told.closed, null);
  else if (refused) resume();
}

function arrive(each) {
  const question = byPlace(each.place);
  if (!question || each.revision <= Number(question.dataset.base)) return;
  const place = each.place;
  // Being typed on here: the next save shows both.
  if (waiting.has(place) || sending?.place === place || question.querySelector("[data-clash]")) return;
  seen(question, each.revision);
  if (question.contains(document.activeElement) && valueOf(question) !== each.value) {
    const control = controls(question)[0];
    const at = control.selectionStart;
    put(question, each.value);
    try {
      control.setSelectionRange(at, at);
    } catch {
      // A choice has no place to write at.
    }
  } else put(question, each.value);
  const box = question.querySelector("[data-confidential]");
  if (box) box.checked = each.is_confidential;
  question.querySelector("[data-state]").textContent = filled(words.by, { name: each.by, time: each.time });
}

setInterval(poll, POLL);
// For stories that do not wait as long as people do.
form.addEventListener("marsad:poll", poll);
