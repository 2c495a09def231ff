/* Markers and cards: the quote on hover, copying a reference, the whole conversation as a file. */

import { copyFrom } from "./clipboard.js";
import { save } from "./files.js";
import { say } from "./notice.js";

const tip = document.createElement("div");
tip.id = "tip";
tip.setAttribute("role", "tooltip");
tip.hidden = true;
let pointed = null; // the marker whose quote is shown
let leaving = 0;

/** Show the quote of a marker while the pointer or the focus is on it. */
export function watchMarkers() {
  document.body.append(tip);
  for (const kind of ["mouseover", "focusin"]) {
    document.addEventListener(kind, (event) => {
      const marker = event.target.closest?.(".marker");
      if (marker) showTip(marker);
      else if (!event.target.closest?.("#tip")) hideSoon();
      else clearTimeout(leaving);
    });
  }
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  // Reaching a marker by Tab may itself scroll it into view.
  document.addEventListener("scroll", follow, true);
  document.addEventListener("click", hide);
}

function showTip(marker) {
  clearTimeout(leaving);
  pointed = marker;
  tip.textContent = `「${marker.dataset.quote}」`;
  tip.hidden = false;
  marker.setAttribute("aria-describedby", "tip");
  follow();
}

/** Put the quote beside its marker, wherever that has been scrolled to. */
function follow() {
  if (tip.hidden) return;
  const place = pointed.getBoundingClientRect();
  if (!pointed.isConnected || place.bottom < 0 || place.top > innerHeight) {
    hide();
    return;
  }
  const left = Math.min(place.left, innerWidth - tip.offsetWidth - 12);
  const above = place.top - tip.offsetHeight - 6;
  tip.style.left = `${Math.max(8, left)}px`;
  tip.style.top = `${above > 8 ? above : place.bottom + 6}px`;
}

function hideSoon() {
  clearTimeout(leaving);
  // Time to move the pointer onto the quote, to select it.
  leaving = setTimeout(hide, 200);
}

function hide() {
  tip.hidden = true;
}

/** Copy the reference of a card. */
export function copy(button) {
  return copyFrom(button, button.dataset.copy, say);
}

/** Save the conversation as Markdown; the browser itself makes the file. */
export function exportAll() {
  const turns = [...document.querySelectorAll("#conversation .turn[data-markdown]")];
  if (!turns.length) {
    say("まだ会話がありません");
    return;
  }
  const today = new Date();
  const day = new Date(today - today.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  const parts = [`# 報告書への質問と答え（${day}）\n`, ...turns.map((turn) => turn.dataset.markdown)];
  save(new Blob([parts.join("\n")], { type: "text/markdown" }), `tenkyo-${day}.md`);
  say("会話を書き出しました");
}
