// A marked repair explains itself where it stands. Without this script its number leads to the note.
const card = document.createElement("div");
card.className = "change-card";
card.id = "change-card";
card.setAttribute("popover", "auto");
const texts = document.createElement("p");
const before = document.createElement("del");
const after = document.createElement("ins");
const why = document.createElement("p");
before.className = "change__before";
after.className = "change__after";
texts.append(before, " ", after);
card.append(texts, why);

document.addEventListener("click", (event) => {
  const mark = event.target.closest(".change")?.querySelector(".change__number");
  if (!mark || !("popover" in card)) return;
  event.preventDefault();
  if (!card.isConnected) document.body.append(card);
  before.textContent = mark.dataset.before || "";
  after.textContent = mark.dataset.after || "";
  texts.dir = getComputedStyle(mark).direction;
  why.textContent = mark.dataset.why;
  card.showPopover();
  place(mark);
});

function place(mark) {
  const at = mark.getBoundingClientRect();
  const rtl = getComputedStyle(document.documentElement).direction === "rtl";
  const width = document.documentElement.clientWidth;
  const wanted = rtl ? width - at.right : at.left;
  const start = Math.max(16, Math.min(wanted, width - card.offsetWidth - 16));
  card.style.insetInlineStart = `${start}px`;
  card.style.insetBlockStart = `${at.bottom + window.scrollY + 6}px`;
}
