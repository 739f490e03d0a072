/* What pages do beyond htmx. Everything here is a convenience: without it the same pages work. */
"use strict";

/* Focus goes to what a swap brought and marked, once: the question just asked, the box for a reason. */
document.addEventListener("htmx:after:swap", () => {
  const found = document.querySelector("[data-focus]");
  if (found) {
    found.removeAttribute("data-focus");
    found.focus();
  }
});

/* The question box is emptied once the server has begun to answer. */
document.addEventListener("htmx:sse:after:connection", (event) => {
  const form = event.target;
  if (form instanceof HTMLFormElement && form.hasAttribute("data-clear")) {
    form.querySelector("textarea").value = "";
  }
  document.querySelector(".examples")?.remove();
});

/* Enter sends the question, Shift+Enter makes a new line. */
document.addEventListener("keydown", (event) => {
  const box = event.target;
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && box.id === "pregunta") {
    event.preventDefault();
    box.form.requestSubmit();
  }
});

/* Buttons that copy the text of another element; they are hidden until this script is there to serve them. */
function showCopyButtons(root) {
  for (const button of root.querySelectorAll("[data-copy][hidden]")) button.hidden = false;
}
document.addEventListener("DOMContentLoaded", () => showCopyButtons(document));
document.addEventListener("htmx:after:swap", () => showCopyButtons(document));
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.value);
  } catch {
    source.select();
    document.execCommand("copy"); /* where the page is not served by HTTPS there is no clipboard object */
  }
  document.getElementById("anuncio").textContent = "Copiado";
  button.textContent = "Copiado";
});

/* Sending files shows how far it is; what the server then answers is the page of the job, or a complaint. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-upload]")) return;
  event.preventDefault();
  const sending = form.querySelector(".sending");
  const complaint = form.querySelector("#reparos");
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "text/html");
  request.upload.addEventListener("progress", (step) => {
    if (step.lengthComputable) sending.querySelector("progress").value = (100 * step.loaded) / step.total;
  });
  const fail = (text) => {
    sending.hidden = true;
    const shown = document.createElement("p");
    shown.className = "error";
    shown.textContent = text;
    complaint.replaceChildren(shown);
  };
  request.addEventListener("error", () => fail("Se perdió la conexión con el servidor. Inténtelo de nuevo."));
  request.addEventListener("load", () => {
    if (request.status < 400) {
      location.assign(request.responseURL);
      return;
    }
    const answer = new DOMParser().parseFromString(request.responseText, "text/html");
    fail(answer.querySelector(".lead")?.textContent ?? "El servidor no recibió los archivos.");
  });
  sending.hidden = false;
  request.send(new FormData(form));
});
