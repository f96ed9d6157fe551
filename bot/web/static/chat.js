// What makes the chat feel like a messenger. Everything works without it: forms are posted and the page comes back.
"use strict";

document.documentElement.classList.add("scripted");

const turns = document.getElementById("luot");
const scroller = document.querySelector(".scroll");
const form = document.querySelector(".ask");
const field = document.getElementById("q");
const problem = document.getElementById("loi");
const asks = (element) => element.matches(".ask, .examples");

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

field.addEventListener("input", grow);
field.addEventListener("keydown", (event) => {
  // Vietnamese input methods compose syllables: Enter may end a syllable rather than the question.
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    if (field.value.trim()) form.requestSubmit();
  }
});

document.addEventListener("htmx:before:request", (event) => {
  const { ctx } = event.detail;
  if (!asks(ctx.sourceElement)) return;
  const question = new URLSearchParams(ctx.request.body).get("q");
  const waiting = copyOf("dang-cho");
  waiting.querySelector(".question").textContent = question;
  turns.append(waiting);
  problem.replaceChildren();
  field.removeAttribute("aria-invalid");
  field.value = "";
  grow();
  ctx.asked = question;
  scroller.scrollTop = scroller.scrollHeight;
});

document.addEventListener("htmx:before:swap", endWaiting);

document.addEventListener("htmx:finally:request", (event) => {
  const { ctx } = event.detail;
  if (!asks(ctx.sourceElement)) return;
  endWaiting();
  if (ctx.response?.status === 200) {
    turns.lastElementChild.scrollIntoView({ block: "start" });
  } else {
    if (!problem.hasChildNodes()) problem.append(copyOf("mat-mang"));
    field.value = ctx.asked; // nothing typed is ever lost
    field.setAttribute("aria-invalid", "true");
    grow();
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
else scroller.scrollTo({ top: scroller.scrollHeight, behavior: "instant" });
if (matchMedia("(hover: hover)").matches) field.focus({ preventScroll: true }); // a phone would open its keyboard
