/* Says when the server cannot be reached, and when it can be again. */

import { rest } from "./composer.js";
import { warn } from "./notice.js";

const EVERY = 10000; // milliseconds between two looks
const AGAIN = 2000; // while it cannot be reached
const SOON = 1000; // after a question was sent
const LOST = "tenkyo-lost"; // Gradio loads the page anew once the server is back
let isLost = sessionStorage.getItem(LOST) !== null;

export function watchConnection() {
  document.addEventListener("question-sent", () => setTimeout(look, SOON));
  addEventListener("offline", look);
  addEventListener("online", look);
  document.addEventListener("visibilitychange", () => document.hidden || look());
  look();
}

let next = 0;

async function look() {
  clearTimeout(next);
  const isThere = document.hidden || (await answers());
  if (isThere === isLost) tell(isThere);
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
    sessionStorage.setItem(LOST, "");
    rest();
    warn("典拠との接続が切れました。つなぎ直しています。入力した内容は残っています。", "lost");
    return;
  }
  sessionStorage.removeItem(LOST);
  warn("接続が戻りました。続けて質問できます。", "back");
  setTimeout(() => isLost || warn("", "back"), 5000);
}
