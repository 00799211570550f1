// Any button with data-opens="ID" opens the dialog of that id; Escape and its own button close it.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
});
