// What makes the chat feel like a messenger. Everything works without it: forms are posted and the page comes back.
"use strict";

document.documentElement.classList.add("scripted");

const turns = document.getElementById("luot");
const scroller = document.querySelector(".scroll");
const form = document.querySelector(".ask");
const field = document.getElementById("q");
const problem = document.getElementById("loi");
const files = document.getElementById("tep") ?? document.createElement("input"); // only for people who are linked
const chosenFiles = document.getElementById("tep-da-chon");
const says = (element) => element.matches(".ask, .examples, .choices");
const types = (element) => element.matches(".ask, .examples");

function copyOf(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}

function grow() {
  // Browsers without `field-sizing: content` get the same by hand.
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}

function endWaiting() {
  turns.querySelector(".waiting")?.remove();
}

function nearEnd() {
  return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 120;
}

function newest() {
  // The page listens from its newest turn on; turns that wait have no number yet.
  const last = [...turns.querySelectorAll(".turn[id]")].at(-1);
  return last ? last.id.replace("luot-", "") : "0";
}

function dropDoubles() {
  // The same turn may come as an answer and as news at once.
  const seen = new Set();
  for (const turn of turns.querySelectorAll(".turn[id]")) {
    if (seen.has(turn.id)) turn.remove();
    seen.add(turn.id);
  }
}

function showFiles() {
  const names = [...(files.files ?? [])].map((file) => file.name);
  chosenFiles.textContent = names.length ? `Sẽ gửi: ${names.join(", ")}` : "";
}

field.addEventListener("input", grow);
files.addEventListener("change", showFiles);
field.addEventListener("keydown", (event) => {
  // Vietnamese input methods compose syllables: Enter may end a syllable rather than the question.
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    if (field.value.trim() || files.files?.length) form.requestSubmit();
  }
});

document.addEventListener("htmx:config:request", (event) => {
  const { ctx } = event.detail;
  if (ctx.sourceElement.id !== "nghe") return;
  // An answer that is waited for brings the news itself; a page nobody sees asks for nothing.
  if (document.hidden || turns.querySelector(".waiting")) event.preventDefault();
  else ctx.request.body.set("sau", newest());
});

document.addEventListener("htmx:before:request", (event) => {
  const { ctx } = event.detail;
  if (ctx.sourceElement.id === "nghe") ctx.followed = nearEnd();
  if (!says(ctx.sourceElement)) return;
  const typed = ctx.request.body.get("q");
  const names = [...(files.files ?? [])].map((file) => `Tệp: ${file.name}`);
  const said = types(ctx.sourceElement)
    ? [...(ctx.sourceElement === form ? names : []), typed].filter(Boolean).join("\n")
    : ctx.request.submitter?.textContent;
  const waiting = copyOf("dang-cho");
  waiting.querySelector(".question").textContent = said;
  turns.append(waiting);
  problem.replaceChildren();
  field.removeAttribute("aria-invalid");
  if (types(ctx.sourceElement)) {
    field.value = "";
    grow();
    ctx.asked = typed;
  }
  ctx.last = newest();
  scroller.scrollTop = scroller.scrollHeight;
});

document.addEventListener("htmx:before:swap", (event) => {
  if (says(event.detail.ctx.sourceElement)) endWaiting();
  turns.querySelector(".slow")?.remove();
});

document.addEventListener("htmx:finally:request", (event) => {
  const { ctx } = event.detail;
  dropDoubles();
  if (ctx.sourceElement.id === "nghe" && ctx.response?.status === 200) {
    if (ctx.followed) scroller.scrollTop = scroller.scrollHeight;
  }
  if (!says(ctx.sourceElement)) return;
  endWaiting();
  if (ctx.response?.status === 200) {
    const first = document.getElementById(`luot-${ctx.last}`)?.nextElementSibling ?? turns.firstElementChild;
    first?.scrollIntoView({ block: "start" });
  } else {
    if (!problem.hasChildNodes()) problem.append(copyOf("mat-mang"));
    if (types(ctx.sourceElement)) {
      field.value = ctx.asked; // nothing typed is ever lost
      field.setAttribute("aria-invalid", "true");
      grow();
    }
  }
  if (ctx.sourceElement === form && ctx.response) {
    files.value = ""; // sent, or refused; where nobody answered they are sent next time
    showFiles();
  }
  field.focus({ preventScroll: true });
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest(".copy");
  if (!button) return;
  const answer = button.closest(".answer");
  const parts = [...answer.querySelectorAll(":scope > .statement, :scope > .quotation :is(blockquote, .chip span)")];
  const status = button.parentElement.querySelector("[role=status]");
  try {
    await navigator.clipboard.writeText(parts.map((part) => part.textContent.trim()).join("\n"));
    status.textContent = "Đã sao chép.";
  } catch {
    status.textContent = "Trình duyệt không cho sao chép.";
  }
});

const opened = location.hash && document.getElementById(location.hash.slice(1));
if (opened) opened.scrollIntoView();
else if (turns.children.length) scroller.scrollTo({ top: scroller.scrollHeight, behavior: "instant" });
if (matchMedia("(hover: hover)").matches) field.focus({ preventScroll: true }); // a phone would open its keyboard
