// A file is sent with a bar that says how much of it has gone. What the server answers is shown as if
// the form had been sent without this script, which works as well.
const MEGABYTE = 1_000_000;

function enhance(form) {
  const said = form.querySelector("[data-said]");
  const [blank, broken] = form.querySelectorAll("template");
  // In the digits that the page is written in.
  const number = new Intl.NumberFormat(said.dataset.one === "1" ? "en" : "ar-u-nu-arab", {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });

  form.addEventListener("submit", (event) => {
    const file = form.querySelector("[type=file]").files[0];
    if (!file) return;
    event.preventDefault();
    const acts = form.querySelector(".page__acts");
    const bar = blank.content.firstElementChild.cloneNode(true);
    const request = new XMLHttpRequest();
    const body = new FormData(form);
    form.querySelector(".message")?.remove();
    acts.hidden = true;
    acts.before(bar);
    request.upload.addEventListener("progress", (told) => show(bar, told));
    request.upload.addEventListener("load", () => {
      bar.querySelector("progress").removeAttribute("value");
      said.textContent = said.dataset.received;
    });
    request.addEventListener("load", () => open(request));
    request.addEventListener("error", () => {
      bar.remove();
      acts.hidden = false;
      acts.before(broken.content.cloneNode(true));
      acts.querySelector("button").focus();
    });
    request.open("POST", form.action);
    request.send(body);
  });

  function show(bar, told) {
    if (!told.lengthComputable) return;
    bar.querySelector("progress").value = (100 * told.loaded) / told.total;
    bar.querySelector(".progress__detail").textContent = said.dataset.of
      .replace("{sent}", number.format(told.loaded / MEGABYTE))
      .replace("{whole}", number.format(told.total / MEGABYTE));
  }
}

// A page that was come to is opened; one that says what is wrong stands where the form was.
function open(request) {
  if (request.responseURL && request.responseURL !== location.href) {
    location.assign(request.responseURL);
    return;
  }
  const answer = new DOMParser().parseFromString(request.responseText, "text/html");
  const main = answer.querySelector("main");
  if (!main) {
    location.reload();
    return;
  }
  document.title = answer.title;
  document.querySelector("main").replaceWith(document.adoptNode(main));
  start();
  const wrong = document.querySelector("main [role=alert], main .message");
  if (wrong) {
    wrong.tabIndex = -1;
    wrong.focus();
  }
}

function start() {
  for (const form of document.querySelectorAll("[data-sends-file]")) enhance(form);
}

start();
