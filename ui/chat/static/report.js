/* The right side: which report is shown, and the marked words of a citation. */

import { warn } from "./notice.js";

const find = (selector) => document.querySelector(selector);
let shown = null; // id of the report on the page
let cameFrom = null; // the button that led into the report
let showing = Promise.resolve();

/** Fill the list of reports and show the first. */
export async function start() {
  await fillChoice();
  find("#report-choice").addEventListener("change", (event) => show(event.target.value));
  if (innerWidth < 1200) toggleOutline(find("#outline-toggle"), false);
  await show(find("#report-choice").value);
}

async function fillChoice() {
  const answer = await fetch("/reports");
  const reports = await answer.json();
  const choice = find("#report-choice");
  choice.replaceChildren(...reports.map(({ id, title }) => new Option(title, id)));
  find(".scope").hidden = reports.length < 2;
  if (shown && reports.some(({ id }) => id === shown)) choice.value = shown;
}

/** Return the id of the only report to ask, "" for all. */
export function scope() {
  return find("#only-this")?.checked ? shown : "";
}

export function show(id) {
  showing = showing.catch(() => {}).then(() => load(id));
  return showing;
}

async function load(id) {
  if (id === shown) return;
  const answer = await fetch(`/reports/${encodeURIComponent(id)}`);
  const view = await answer.json();
  if (!answer.ok) {
    warn(view.error);
    await fillChoice();
    return;
  }
  shown = id;
  // Both are made by our own server, which has escaped all words of the report.
  find("#outline").innerHTML = view.outline;
  find("#report").innerHTML = view.body;
  find("#report").scrollTop = 0;
  find("#report-choice").value = id;
  document.dispatchEvent(new CustomEvent("report-shown"));
}

/** Open the report where `place` says and mark the quoted words. */
export async function open(place, button) {
  cameFrom = button;
  if (place.report) await show(place.report);
  if (place.report && place.report !== shown) return;
  unmark();
  chosen(button);
  let marks = [];
  if (place.start && place.start !== "None") marks = mark(Number(place.start), Number(place.end));
  else if (place.quoted) marks = markWords(place.section, place.quoted);
  if (!marks.length) {
    toSection(place.section);
    return;
  }
  marks[0].tabIndex = -1;
  reveal(marks[0].getBoundingClientRect(), 0.35);
  marks[0].focus({ preventScroll: true });
}

function chosen(button) {
  for (const old of document.querySelectorAll(".is-open")) old.classList.remove("is-open");
  button.closest(".card, .marker, .goto")?.classList.add("is-open");
  if (button.dataset.number === undefined) return;
  const { turn, number } = button.dataset;
  const same = `[data-turn="${turn}"][data-number="${number}"]`;
  for (const other of document.querySelectorAll(`.card${same}, .marker${same}`)) {
    other.classList.add("is-open");
  }
}

/** Scroll so that `box` stands at a share of the height of the report's pane.

    Only the pane is moved, and at once: scrollIntoView would also move what stands around it. */
export function reveal(box, share) {
  const pane = find("#report");
  const view = pane.getBoundingClientRect();
  pane.scrollTop += box.top - view.top - view.height * share;
  const isOutside = view.top < 0 || view.bottom > innerHeight + 1;
  if (isOutside) find("#read").scrollIntoView({ block: "start" });
}

/** Mark the characters from `start` to `end` of the source; offsets count whole characters. */
function mark(start, end) {
  const marks = [];
  for (const run of document.querySelectorAll("#report span[data-s]")) {
    const from = Number(run.dataset.s);
    const to = Number(run.dataset.e);
    if (to <= start || from >= end) continue;
    const letters = Array.from(run.textContent);
    // An entity (&amp;) is one letter on the page and several in the source.
    const whole = letters.length !== to - from;
    const first = whole ? 0 : Math.max(0, start - from);
    const last = whole ? letters.length : Math.min(letters.length, end - from);
    const words = document.createElement("mark");
    words.className = "cited";
    words.textContent = letters.slice(first, last).join("");
    run.replaceChildren(letters.slice(0, first).join(""), words, letters.slice(last).join(""));
    marks.push(words);
  }
  return marks;
}

/** Mark the first place of `quote` in a section that stands inside one run. */
function markWords(section, quote) {
  const wanted = quote.replace(/\s/g, "");
  const heading = document.getElementById(`sec-${section}`);
  for (const run of document.querySelectorAll("#report span[data-s]")) {
    const isBefore =
      heading &&
      !heading.contains(run) &&
      heading.compareDocumentPosition(run) & Node.DOCUMENT_POSITION_PRECEDING;
    const at = isBefore ? -1 : run.textContent.indexOf(wanted);
    if (at < 0) continue;
    const before = Array.from(run.textContent.slice(0, at)).length;
    const from = Number(run.dataset.s) + before;
    return mark(from, from + Array.from(wanted).length);
  }
  return [];
}

function unmark() {
  for (const words of document.querySelectorAll("#report mark.cited")) {
    const run = words.parentElement;
    words.replaceWith(words.textContent);
    run.normalize();
  }
}

/** Scroll to a section and move the focus there. */
export function toSection(section) {
  const heading = document.getElementById(`sec-${section}`);
  if (!heading) return;
  reveal(heading.getBoundingClientRect(), 0.03);
  heading.focus({ preventScroll: true });
}

export function toggleOutline(button, wanted = button.getAttribute("aria-expanded") !== "true") {
  button.setAttribute("aria-expanded", String(wanted));
  find("#outline").hidden = !wanted;
}

/** Escape in the report leads back to the marker or card that led there. */
export function key(event) {
  if (event.key !== "Escape" || !cameFrom?.isConnected) return;
  if (event.target.closest?.("#report")) cameFrom.focus();
}

/** Arrow keys walk through the outline, which is one stop of the Tab key. */
export function walkOutline(event) {
  if (!event.target.matches?.("#outline a")) return;
  const links = [...document.querySelectorAll("#outline a")];
  const at = links.indexOf(event.target);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
  if (!links[to]) return;
  event.preventDefault();
  event.target.tabIndex = -1;
  links[to].tabIndex = 0;
  links[to].focus();
}
