/* Says when the server cannot be reached, and when it can be again. */

import { rest, type, typed } from "./composer.js";
import { warn } from "./notice.js";

const EVERY = 5000; // milliseconds between two looks
const AGAIN = 2000; // while it cannot be reached
const KEPT = "tenkyo-lost"; // what stood in the box, while the connection is lost
let isLost = false;

export function watchConnection() {
  addEventListener("offline", look);
  addEventListener("online", look);
  // Whoever asks wants to know at once.
  document.addEventListener("asked", () => setTimeout(look, 500));
  document.addEventListener("visibilitychange", () => document.hidden || look());
  look();
}

let next = 0;

async function look() {
  clearTimeout(next);
  const isThere = document.hidden || (await answers());
  if (isThere === isLost) tell(isThere);
  if (isLost) {
    rest(); // a question that was sent meanwhile stays in the box
    sessionStorage.setItem(KEPT, typed());
  }
  next = setTimeout(look, isLost ? AGAIN : EVERY);
}

async function answers() {
  try {
    return (await fetch("/reports", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

function tell(isThere) {
  isLost = !isThere;
  if (isLost) {
    warn("典拠との接続が切れました。つなぎ直しています。入力した内容は残っています。", "lost");
    return;
  }
  back();
}

function back() {
  sessionStorage.removeItem(KEPT);
  warn("接続が戻りました。続けて質問できます。", "back");
  setTimeout(() => isLost || warn(""), 8000);
}

/** Gradio loads the page anew when it meets a server that was started anew: go on from there. */
export function resume() {
  const text = sessionStorage.getItem(KEPT);
  if (text === null) return;
  if (text) type(text);
  back();
}
