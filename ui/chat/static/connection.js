/* Says when the server cannot be reached, and when it can be again. */

import { done } from "./composer.js";

const EVERY = 10000; // milliseconds between two looks
const AGAIN = 2000; // while it cannot be reached
let isLost = false;

export function watchConnection() {
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
  const banner = document.querySelector("#connection");
  if (!banner) return;
  if (isLost) done();
  banner.hidden = false;
  banner.dataset.state = isLost ? "lost" : "back";
  banner.textContent = isLost
    ? "典拠との接続が切れました。自動でつなぎ直しています。入力した内容は残っています。"
    : "接続が戻りました。続けて質問できます。";
  if (!isLost) setTimeout(() => (banner.hidden = !isLost), 5000);
}
