/* Says when the server cannot be reached, and when it can be again. */

import { rest } from "./composer.js";
import { warn } from "./notice.js";

const EVERY = 5000; // milliseconds between two looks
const AGAIN = 2000; // while it cannot be reached
const SOON = 500; // after a question was sent
const LOST = "tenkyo-lost"; // in sessionStorage while it cannot be reached
let isLost = false;

export function watchConnection() {
  document.addEventListener("asked", () => setTimeout(look, SOON));
  addEventListener("offline", look);
  addEventListener("online", look);
  document.addEventListener("visibilitychange", look);
  if (sessionStorage.getItem(LOST) !== null) greet();
  look();
}

let next = 0;

async function look() {
  clearTimeout(next);
  if (!document.hidden) settle(await answers());
  next = setTimeout(look, isLost ? AGAIN : EVERY);
}

async function answers() {
  try {
    return (await fetch("/reports", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

function settle(isThere) {
  if (isThere && isLost) {
    // Gradio would do so too, a moment later, and a question sent meanwhile would be lost.
    location.reload();
  } else if (!isThere && !isLost) {
    isLost = true;
    sessionStorage.setItem(LOST, "");
    rest();
    warn("典拠との接続が切れました。つなぎ直しています。入力した内容は残っています。", "lost");
  } else if (isLost) {
    rest(); // a question sent meanwhile stays in the box
  }
}

/** The page has been loaded anew after a loss. */
function greet() {
  sessionStorage.removeItem(LOST);
  warn("接続が戻りました。続けて質問できます。", "back");
  setTimeout(() => isLost || warn("", "back"), 5000);
}
