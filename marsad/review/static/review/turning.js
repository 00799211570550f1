// J and K lead to the next and the one before, as the links beside them do without this script.
// Keys are taken by where they are on the keyboard, so that they work under an Arabic layout too.
const leads = { KeyJ: "next", KeyK: "prev" };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (event.target.matches("input, textarea, select, [data-marking]")) return;
  const link = document.querySelector(`a[rel="${leads[event.code]}"]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});
