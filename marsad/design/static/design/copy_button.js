// Shows the copy buttons (they are hidden where scripts do not run) and copies what they name.
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  // Without a secure connection the clipboard is closed to scripts; an old way is still open.
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
  return undefined;
}

function reveal(root) {
  for (const hidden of root.querySelectorAll(".copy-button[hidden]")) hidden.hidden = false;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  await copy(button.dataset.copies);
  const status = button.parentElement.querySelector(".copy-button__status");
  status.textContent = status.dataset.copied;
  setTimeout(() => { status.textContent = ""; }, 3000);
});
document.addEventListener("htmx:load", (event) => reveal(event.target));
reveal(document);
