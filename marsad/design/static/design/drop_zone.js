// Files dropped or chosen are sent one by one, each with its own progress. The server answers with
// one <li>, which takes the place of the file's row. Without this script the form still works.

const AT_ONCE = 2;

function enhance(form) {
  const input = form.querySelector(".drop-zone__input");
  const rows = form.querySelector(".drop-zone__rows");
  const blank = form.querySelector("template");
  const waiting = [];
  let sending = 0;

  form.classList.add("drop-zone--enhanced");
  form.querySelector(".drop-zone__choose").hidden = false;

  function say(row, what) {
    const state = row.querySelector(".drop-zone__state");
    state.textContent = state.dataset[what];
  }

  function add(files) {
    for (const file of files) {
      const row = blank.content.firstElementChild.cloneNode(true);
      row.querySelector(".drop-zone__file").textContent = file.name;
      row.querySelector(".drop-zone__progress").setAttribute("aria-label", file.name);
      say(row, "waiting");
      rows.append(row);
      waiting.push({ file, row });
    }
    next();
  }

  function next() {
    while (sending < AT_ONCE && waiting.length) {
      sending += 1;
      send(waiting.shift());
    }
  }

  function send({ file, row }) {
    const request = new XMLHttpRequest();
    const bar = row.querySelector(".drop-zone__progress");
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    for (const kept of form.querySelectorAll("[data-sent-along]")) body.append(kept.name, kept.value);
    body.append(form.dataset.name, file, file.name);
    say(row, "sending");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
    });
    request.upload.addEventListener("load", () => {
      bar.removeAttribute("value");
      say(row, "received");
    });
    request.addEventListener("loadend", () => {
      sending -= 1;
      settle(request, row);
      next();
    });
    request.open("POST", form.dataset.url);
    request.setRequestHeader("X-Requested-With", "drop-zone");
    request.send(body);
  }

  function settle(request, row) {
    const kind = request.getResponseHeader("Content-Type") || "";
    const answer = document.createElement("template");
    if (kind.startsWith("text/html")) answer.innerHTML = request.responseText;
    const entry = answer.content.querySelector("li");
    if (request.status && entry && !answer.content.querySelector("html, body, main")) {
      row.replaceWith(entry);
      if (window.htmx) window.htmx.process(entry);
      form.dispatchEvent(new CustomEvent("drop-zone:added", { bubbles: true, detail: { entry } }));
      return;
    }
    row.classList.add("drop-zone__row--failed");
    row.querySelector(".drop-zone__progress").remove();
    say(row, "failed");
  }

  let inside = 0;
  form.addEventListener("dragenter", (event) => {
    event.preventDefault();
    inside += 1;
    form.classList.add("drop-zone--over");
  });
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("dragleave", () => {
    inside -= 1;
    if (inside <= 0) form.classList.remove("drop-zone--over");
  });
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    inside = 0;
    form.classList.remove("drop-zone--over");
    add(event.dataTransfer.files);
  });
  input.addEventListener("change", () => {
    add([...input.files]);
    input.value = "";
  });
  form.addEventListener("submit", (event) => event.preventDefault());
}

for (const form of document.querySelectorAll("[data-drop-zone]")) enhance(form);
