/* Search in the shown report: all places are coloured, ↑ and ↓ go from one to the next.

   Width, case and white space do not matter (ＡＩ finds AI). */

import { reveal } from "./report.js";

const find = (selector) => document.querySelector(selector);
const canColour = "highlights" in CSS;
let letters = []; // of the report: {letter, node, at}
let places = []; // Ranges
let current = -1;

export function start() {
  const box = find("#report-search");
  read();
  document.addEventListener("report-shown", () => {
    read();
    look();
  });
  box.addEventListener("input", look);
  box.addEventListener("compositionend", look);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    step(event.shiftKey ? -1 : 1);
  });
}

function read() {
  letters = [];
  const walker = document.createTreeWalker(find("#report"), NodeFilter.SHOW_TEXT);
  let block = null;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const inside = node.parentElement.closest("p, li, td, th, h3, h4, h5, h6");
    if (inside !== block) letters.push({ letter: "\n" });
    block = inside;
    let at = 0;
    for (const character of node.data) {
      for (const letter of folded(character)) letters.push({ letter, node, at });
      at += character.length;
    }
  }
}

function folded(text) {
  return text.normalize("NFKC").toLowerCase().replace(/\s/g, "");
}

function look(event) {
  const wanted = folded(find("#report-search").value);
  places = wanted ? found(wanted) : [];
  current = -1;
  colour();
  tell(wanted);
  // While kana become kanji the report stays where it is.
  if (!event?.isComposing) step(1);
}

function found(wanted) {
  // Marking a citation parts the text anew.
  if (letters.some(({ node }) => node && !node.isConnected)) read();
  const text = letters.map(({ letter }) => letter).join("");
  const ranges = [];
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
    const first = letters[at];
    const last = letters[at + wanted.length - 1];
    const range = new Range();
    range.setStart(first.node, first.at);
    range.setEnd(last.node, last.at + String.fromCodePoint(last.node.data.codePointAt(last.at)).length);
    ranges.push(range);
  }
  return ranges;
}

/** Go to the next place, or the one before. */
export function step(by) {
  if (!places.length) return;
  if (!places[0].startContainer.isConnected || places[0].collapsed) {
    const kept = current;
    places = found(folded(find("#report-search").value));
    current = kept;
  }
  current = current < 0 && by < 0 ? places.length - 1 : (current + by + places.length) % places.length;
  colour();
  tell(true);
  reveal(places[current].getBoundingClientRect(), 0.35);
}

function colour() {
  if (!canColour) return;
  CSS.highlights.set("found", new Highlight(...places));
  CSS.highlights.set("found-here", new Highlight(...places.slice(Math.max(current, 0), current + 1)));
}

function tell(wanted) {
  const at = current < 0 ? "" : `${current + 1} / `;
  const told = places.length ? `${at}${places.length}件` : "ありません";
  find("#found").textContent = wanted ? told : "";
}
