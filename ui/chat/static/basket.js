/* The draft basket: citations collected for a document, kept in this browser alone. */

import { nameIn, save } from "./files.js";
import { referenceOf, style } from "./forms.js";
import { say, warn } from "./notice.js";

const KEY = "tenkyo-basket"; // in localStorage: a list of { report, sha256, start, end, column, note, quote, title }
const find = (selector) => document.querySelector(selector);

function items() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    return Array.isArray(kept) ? kept.filter((item) => typeof item?.quote === "string") : [];
  } catch {
    return [];
  }
}

/** Keep the basket; false where the browser has no room for it. */
function keep(list) {
  let isKept = true;
  try {
    localStorage.setItem(KEY, JSON.stringify(list));
  } catch {
    isKept = false;
    warn("このブラウザーには、これ以上入れられません。不要な出典を外してください。");
  }
  count();
  return isKept;
}

/** Show how many citations there are. */
export function count() {
  const button = find("#basket-open");
  if (button) button.textContent = `下書き（${items().length}）`;
}

/** Put the citation of a card into the basket, once. */
export async function collect(button) {
  const told = await referenceOf(button);
  if (!told) return;
  const { report, start, end, column } = told.place;
  const key = [report, start, end, column ?? ""].join("/");
  const isSame = (item) => [item.report, item.start, item.end, item.column ?? ""].join("/") === key;
  const list = items();
  if (list.some(isSame)) {
    say("この出典はすでに下書きに入っています");
  } else {
    const item = { report, start, end, column, sha256: told.sha256, note: "", quote: told.quote, title: told.title };
    if (!keep([...list, item])) return;
    say("下書きに入れました");
  }
  const before = "下書きに入れる";
  button.textContent = "入れました";
  setTimeout(() => (button.textContent = before), 2000);
}

/** Another tab has changed the basket: show what it is now. */
export function follow() {
  addEventListener("storage", (event) => {
    if (event.key !== KEY && event.key !== null) return;
    count();
    if (find("#basket")?.open) draw();
  });
}

/** Open the basket. */
export function open() {
  draw();
  find("#basket").showModal();
}

export function close() {
  find("#basket").close();
  find("#basket-open").focus();
}

function draw() {
  const list = items();
  find("#basket-list").replaceChildren(...list.map(row));
  find("#basket-empty").hidden = list.length > 0;
  find("#basket-trouble").textContent = find("#basket-done").textContent = "";
  for (const button of document.querySelectorAll("[data-export], #basket-clear")) {
    button.disabled = list.length === 0;
  }
}

function row(item, index, list) {
  const line = document.createElement("li");
  line.dataset.index = index;
  const title = document.createElement("p");
  title.className = "basket-title";
  title.textContent = item.title;
  const quote = document.createElement("blockquote");
  quote.textContent = item.quote;
  const label = document.createElement("label");
  label.append("メモ ");
  const note = document.createElement("input");
  note.type = "text";
  note.maxLength = 2000;
  note.value = item.note ?? "";
  label.append(note);
  const tools = document.createElement("div");
  tools.className = "basket-tools";
  const named = [
    ["up", "上へ", index === 0],
    ["down", "下へ", index === list.length - 1],
    ["drop", "外す", false],
  ];
  for (const [act, words, isOff] of named) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.basket = act;
    button.textContent = words;
    button.setAttribute("aria-label", `${index + 1}番目の出典を${words}`);
    button.disabled = isOff;
    tools.append(button);
  }
  line.append(title, quote, label, tools);
  return line;
}

/** Move or drop a citation. */
export function act(button) {
  const index = Number(button.closest("li").dataset.index);
  const list = items();
  const [item] = list.splice(index, 1);
  const to = { up: index - 1, down: index + 1 }[button.dataset.basket];
  if (to !== undefined) list.splice(to, 0, item);
  keep(list);
  draw();
  const now = find(`#basket-list li[data-index="${to ?? Math.min(index, list.length - 1)}"]`);
  const same = now?.querySelector(`[data-basket="${button.dataset.basket}"]:not(:disabled)`);
  (same ?? now?.querySelector("button:not(:disabled)") ?? find("#basket-close")).focus();
}

/** Keep a note as it is typed. */
export function noted(input) {
  const list = items();
  const item = list[Number(input.closest("li").dataset.index)];
  if (!item) return;
  item.note = input.value;
  keep(list);
}

export function clear() {
  if (!confirm("下書きの出典とメモを、すべて外します。よろしいですか。")) return;
  keep([]);
  draw();
  find("#basket-close").focus();
}

/** Have the server write the basket as a file, and save it. */
export async function exportAs(button) {
  const sent = items().map(({ report, sha256, start, end, column, note }) => ({
    report, sha256, start, end, column: column ?? null, note: note ?? "",
  }));
  const chosen = new URLSearchParams({ with_record: find("#basket-record").checked, ...style() });
  const told = { "#basket-trouble": "", "#basket-done": "" };
  try {
    const answer = await fetch(`/basket/${button.dataset.export}?${chosen}`, {
      method: "POST",
      body: JSON.stringify(sent),
    });
    if (answer.ok) {
      save(await answer.blob(), nameIn(answer.headers.get("Content-Disposition")));
      told["#basket-done"] = written(answer.headers.get("Tenkyo-Missing"));
    } else {
      told["#basket-trouble"] = (await answer.json()).error;
    }
  } catch {
    told["#basket-trouble"] = "典拠との接続が切れているため、書き出せません。";
  }
  for (const [selector, words] of Object.entries(told)) find(selector).textContent = words;
}

function written(header) {
  const missing = decodeURIComponent(header ?? "");
  const left = `${missing}は分からないため、省いています（tenkyo about で設定できます）。`;
  return `書き出しました。${missing && left}`;
}
