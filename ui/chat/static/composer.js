/* The box for the question: keys, sending, editing an earlier question. */

import { say, showTrouble, warn } from "./notice.js";

const find = (selector) => document.querySelector(selector);
const box = () => find("#question textarea");
const DRAFT = "tenkyo-draft";
let turn = null; // number of the turn that is being edited
let onItsWay = null; // the question that was sent from the box
let isQueued = false; // Enter was pressed on the next question before the answer had come

/** Enter sends, Shift+Enter breaks the line, Enter while kana become kanji does neither.

    Safari ends the composition before the key arrives; its code is 229 then. */
export function key(event) {
  if (event.key !== "Enter" || event.target !== box()) return;
  event.stopImmediatePropagation();
  if (event.isComposing || event.keyCode === 229 || event.shiftKey) return;
  event.preventDefault();
  const question = box().value.trim();
  if (isBusy()) isQueued = question !== "" && question !== onItsWay;
  else if (question) setTimeout(() => find("#send").click(), pause());
}

const CANCELLING = 700; // milliseconds until Gradio has ended what was stopped
let stoppedAt = -CANCELLING;

/** Milliseconds until Gradio takes a new question. */
function pause() {
  return Math.max(0, stoppedAt + CANCELLING - performance.now());
}

/** The user has stopped the answer. */
export function stop() {
  stoppedAt = performance.now();
  isQueued = false;
  onItsWay = null; // it stays in the box
  rest();
}

/** Gradio would take Shift+Enter, as a key press, for sending. */
export function keypress(event) {
  if (event.key === "Enter" && event.target === box()) event.stopImmediatePropagation();
}

/** Ask a given question, after the answer that is on its way. */
export async function ask(question) {
  while (isBusy()) await new Promise((later) => setTimeout(later, 50));
  type(question);
  // Gradio takes up what was typed in its own time.
  setTimeout(() => find("#send").click(), pause());
}

/** Keep what is typed but not sent while the page is loaded anew, as Gradio does after a loss. */
export function keepDraft() {
  const draft = sessionStorage.getItem(DRAFT);
  if (draft && !box().value) type(draft);
  document.addEventListener("input", (event) => {
    if (event.target === box()) sessionStorage.setItem(DRAFT, box().value);
  });
}

function isBusy() {
  return "busy" in document.body.dataset;
}

/** Put `text` into the box so that Gradio notices. */
function type(text) {
  const setter = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;
  setter.call(box(), text);
  box().dispatchEvent(new Event("input", { bubbles: true }));
}

/** Put an earlier question back into the box; sending it replaces that turn and those after it. */
export function edit(button) {
  turn = Number(button.dataset.turn);
  type(button.closest(".asking").querySelector(".asked").textContent);
  find("#editing-words").textContent = `質問${turn + 1}を書き直しています。送ると、それより後の答えは消えます。`;
  find("#editing").hidden = false;
  box().focus();
}

export function stopEditing() {
  turn = null;
  find("#editing").hidden = true;
}

/** Return the number of the turn to replace, null for a new one. */
export function edited() {
  return turn;
}

/** Show the question at once, before the answer comes. */
export function sent() {
  const question = box().value.trim();
  if (!question) return;
  onItsWay = question;
  wait(question);
}

export function again() {
  const asked = document.querySelectorAll("#conversation .asked");
  if (asked.length) wait(asked[asked.length - 1].textContent);
}

function wait(question) {
  document.body.dataset.busy = "";
  document.dispatchEvent(new Event("asked"));
  warn("");
  const pending = document.createElement("section");
  pending.className = "turn pending";
  const asked = document.createElement("div");
  asked.className = "asking";
  const words = document.createElement("p");
  words.className = "asked";
  words.textContent = question;
  asked.append(words);
  const status = document.createElement("p");
  status.className = "searching";
  status.textContent = "報告書を調べています";
  pending.append(asked, status);
  find("#conversation").append(pending);
  toEnd(pending);
}

/** Nothing is on its way any more. */
export function rest() {
  delete document.body.dataset.busy;
  for (const pending of document.querySelectorAll(".turn.pending")) pending.remove();
}

/** An answer has come, or what was wrong with the question. */
export function done() {
  rest();
  showTrouble();
  if (find("#notice").textContent) {
    isQueued = false;
    return;
  }
  emptied();
  stopEditing();
  const turns = document.querySelectorAll("#conversation .turn");
  const last = turns[turns.length - 1];
  if (!last) return;
  toEnd(last);
  const status = last.querySelector(".status")?.textContent ?? "";
  say(`${status}。${last.querySelector(".words")?.textContent ?? ""}`);
}

/** The question has been answered: take it out of the box, but not what was typed meanwhile. */
function emptied() {
  if (box().value.trim() === onItsWay) type("");
  onItsWay = null;
  if (!box().value) sessionStorage.removeItem(DRAFT);
  if (isQueued && box().value.trim()) setTimeout(() => find("#send").click());
  isQueued = false;
}

/** Scroll the conversation so that `turn` begins at its top. */
function toEnd(turn) {
  const pane = find("#conversation");
  if (pane.scrollHeight > pane.clientHeight + 1) {
    pane.scrollTop += turn.getBoundingClientRect().top - pane.getBoundingClientRect().top - 8;
  } else if (turn.getBoundingClientRect().top < 0) turn.scrollIntoView({ block: "start" });
}
