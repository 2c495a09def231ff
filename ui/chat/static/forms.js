/* The forms of a reference under a card: fetched when they are asked for, each with its text. */

import { copyFrom } from "./clipboard.js";
import { say, warn } from "./notice.js";

const CHOICES = {
  years: { name: "年", values: { wareki: "和暦", seireki: "西暦", both: "併記" } },
  pages: { name: "ページ", values: { ページ: "ページ", 頁: "頁", "p.": "p." } },
};
const KEY = "tenkyo-reference-style"; // in localStorage: { years, pages }

/** Return how the user wants years and pages written; what was never chosen is left out. */
export function style() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY)) ?? {};
    const isKnown = (name) => kept[name] in CHOICES[name].values;
    return Object.fromEntries(Object.keys(CHOICES).filter(isKnown).map((n) => [n, kept[n]]));
  } catch {
    return {};
  }
}

/** Return what the server says of the citation that `button` belongs to; null where it refuses. */
export async function referenceOf(button) {
  const { report, start, end, column } = button.closest(".card-drafts").dataset;
  const quote = button.closest(".card").querySelector(".card-quote").textContent;
  const place = { report, start: Number(start), end: Number(end), quote, ...style() };
  if (column) place.column = column;
  try {
    const answer = await fetch("/references", { method: "POST", body: JSON.stringify(place) });
    const told = await answer.json();
    if (answer.ok) return { ...told, place: { report, start: place.start, end: place.end, column } };
    warn(told.error);
  } catch {
    warn("典拠との接続が切れているため、書き方を示せません。");
  }
  return null;
}

/** Show the forms of a card, or take them away again. */
export async function toggle(button) {
  const drafts = button.closest(".card-drafts");
  const old = drafts.querySelector(".forms");
  if (old) {
    old.remove();
    button.setAttribute("aria-expanded", "false");
    return;
  }
  const told = await referenceOf(button);
  if (!told || drafts.querySelector(".forms")) return;
  button.setAttribute("aria-expanded", "true");
  drafts.append(menu(told));
}

function menu(told) {
  const box = document.createElement("div");
  box.className = "forms";
  box.append(...Object.entries(CHOICES).map(choice));
  const list = document.createElement("dl");
  for (const { name, text } of told.forms) {
    const term = document.createElement("dt");
    term.textContent = name;
    const copy = document.createElement("button");
    copy.type = "button";
    copy.className = "form-copy";
    copy.textContent = "コピー";
    copy.setAttribute("aria-label", `${name}の書き方をコピー`);
    const words = document.createElement("dd");
    words.textContent = text;
    term.append(copy);
    list.append(term, words);
  }
  box.append(list);
  if (told.missing.length) {
    const note = document.createElement("p");
    note.className = "forms-missing";
    note.textContent = `${told.missing.join("、")}は分からないため、省いています（tenkyo about で設定できます）。`;
    box.append(note);
  }
  return box;
}

function choice([key, { name, values }]) {
  const label = document.createElement("label");
  label.append(`${name} `);
  const select = document.createElement("select");
  select.dataset.choice = key;
  select.append(...Object.entries(values).map(([value, words]) => new Option(words, value)));
  select.value = style()[key] ?? Object.keys(values)[0];
  label.append(select);
  return label;
}

/** Copy the text of one form. */
export function copyForm(button) {
  copyFrom(button, button.closest("dt").nextElementSibling.textContent, say);
}

/** Another way to write years or pages: kept, and the menu it was chosen in is written anew. */
export async function change(select) {
  const drafts = select.closest(".card-drafts");
  localStorage.setItem(KEY, JSON.stringify({ ...style(), [select.dataset.choice]: select.value }));
  const told = await referenceOf(drafts.querySelector(".card-forms"));
  if (!told) return;
  const fresh = menu(told);
  drafts.querySelector(".forms")?.replaceWith(fresh);
  fresh.querySelector(`[data-choice="${select.dataset.choice}"]`).focus();
}
