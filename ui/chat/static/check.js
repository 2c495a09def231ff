/* The check of a draft: sends it to our own server, shows its text with the findings beside it.

   All words of drafts and reports are put in as text. Nothing is kept when the page is left. */

import { copyFrom } from "./clipboard.js";
import { nameIn, save } from "./files.js";

const find = (selector) => document.querySelector(selector);
let given = null; // { name, data } of the draft on the page

const say = (text) => (find("#said").textContent = text);
const warn = (text) => (find("#trouble").textContent = text);

find("#file").addEventListener("change", (event) => take(event.target.files[0]));
// A draft that was mended is chosen again under its name, which browsers take for no change.
find("#file").addEventListener("click", (event) => (event.target.value = ""));
find("#give").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = find("#pasted").value;
  if (text.trim()) check("貼り付けた文章.txt", new Blob([text]));
  else warn("文章が空です。照合する文章を貼り付けてください。");
});
for (const kind of ["dragover", "drop", "dragleave"]) {
  document.addEventListener(kind, (event) => {
    if (![...(event.dataTransfer?.types ?? [])].includes("Files")) return;
    event.preventDefault();
    find("#drop").classList.toggle("is-over", kind === "dragover");
    if (kind === "drop") take(event.dataTransfer.files[0]);
  });
}
find("#result").addEventListener("click", (event) => {
  const mark = event.target.closest("mark");
  const button = event.target.closest("button");
  if (button?.matches(".to-words")) toWords(button.closest("li"));
  else if (button?.matches(".copy")) copyFrom(button, button.dataset.copy, say);
  else if (mark) toFinding(mark.dataset.number);
});
find("#result").addEventListener("change", filter);
find("#comments").addEventListener("click", saveComments);

function take(file) {
  if (file) check(file.name, file);
}

async function check(name, data) {
  const asked = (given = { name, data });
  find("#name").textContent = name;
  warn("");
  say("照合しています");
  find("#result").hidden = true;
  const told = await send("/check", (answer) => answer.json());
  if (told && asked === given) show(told);
}

/** Send the draft and read the answer; where it is refused, say why and return null.

    What another draft has overtaken says nothing. */
async function send(address, read) {
  const asked = given;
  let trouble = "典拠との接続が切れているか、ファイルを読めません。もう一度お試しください。";
  try {
    const query = new URLSearchParams({ name: asked.name });
    const answer = await fetch(`${address}?${query}`, { method: "POST", body: asked.data });
    if (answer.ok) return await read(answer);
    trouble = (await answer.json()).error ?? "照合できませんでした。もう一度お試しください。";
  } catch {
    // The trouble is said already.
  }
  if (asked === given) {
    warn(trouble);
    say("");
  }
  return null;
}

async function saveComments() {
  warn("");
  const read = async (answer) => [await answer.blob(), nameIn(answer.headers.get("Content-Disposition"))];
  const told = await send("/check/comments", read);
  if (!told) return;
  save(...told);
  say("コメントをつけた写しを保存しました");
}

function show(told) {
  say("");
  find("#summary").textContent = told.summary;
  find("#comments").hidden = !given.name.toLowerCase().endsWith(".docx");
  find("#draft").replaceChildren(...told.paragraphs.map((p, at) => paragraph(p, at, told.findings)));
  find("#findings ol").replaceChildren(...told.findings.map(finding));
  find("#result").hidden = false;
  filter();
  find("#summary").focus();
}

/** A paragraph of the draft, its checked words marked; offsets count whole characters. */
function paragraph({ text, kind }, at, findings) {
  const box = document.createElement("p");
  box.dataset.kind = kind;
  const letters = Array.from(text);
  const here = findings
    .filter((each) => each.paragraph === at)
    .sort((a, b) => b.needs_a_look - a.needs_a_look || a.start - b.start);
  const owner = new Array(letters.length).fill(null);
  for (const each of here) {
    for (let i = each.start; i < each.end; i++) owner[i] ??= each;
  }
  for (let start = 0; start < letters.length; ) {
    let end = start + 1;
    while (end < letters.length && owner[end] === owner[start]) end++;
    const words = letters.slice(start, end).join("");
    if (owner[start]) {
      const mark = document.createElement("mark");
      mark.dataset.number = owner[start].number;
      mark.dataset.verdict = owner[start].verdict;
      if (owner[start].needs_a_look) mark.dataset.look = "";
      mark.textContent = words;
      box.append(mark);
    } else box.append(words);
    start = end;
  }
  return box;
}

function finding(told) {
  const item = document.createElement("li");
  item.className = "finding";
  item.tabIndex = -1;
  item.dataset.number = told.number;
  item.dataset.paragraph = told.paragraph;
  item.dataset.verdict = told.verdict;
  if (told.needs_a_look) item.dataset.look = "";
  const head = document.createElement("p");
  head.className = "head";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "to-words";
  button.textContent = told.title;
  head.append(button, line("span", "where", told.where));
  item.append(head, line("p", "message", told.message));
  if (told.edits.length) item.append(difference(told.edits));
  else {
    item.append(line("p", "words", `原稿：${told.words}`));
    if (told.report_words && told.needs_a_look) {
      item.append(line("p", "report-words", `報告書：${told.report_words}`));
    }
  }
  if (told.reference) item.append(reference(told.reference));
  return item;
}

function line(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function difference(edits) {
  const box = document.createElement("p");
  box.className = "difference";
  for (const [draft, report] of edits) {
    if (draft === report) {
      box.append(draft);
      continue;
    }
    if (draft) box.append(line("span", "hint", "原稿にだけある言葉："), line("del", "", draft));
    if (report) box.append(line("span", "hint", "報告書にある言葉："), line("ins", "", report));
    box.append(line("span", "hint", "。"));
  }
  return box;
}

function reference(text) {
  const box = line("p", "reference", `${text} `);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.dataset.copy = text;
  button.textContent = "コピー";
  button.setAttribute("aria-label", `出典「${text}」をコピー`);
  box.append(button);
  return box;
}

function filter() {
  const onlyLook = find('[name="shown"]:checked').value === "look";
  find("#draft").classList.toggle("only-look", onlyLook);
  let shown = 0;
  for (const item of document.querySelectorAll("li.finding")) {
    item.hidden = onlyLook && item.dataset.look === undefined;
    shown += !item.hidden;
  }
  find("#nothing").hidden = shown > 0;
}

/** Go to a finding's words; those that lie in another's have no mark of their own. */
function toWords({ dataset }) {
  here(dataset.number);
  const mark = find(`#draft mark[data-number="${dataset.number}"]`);
  const words = mark ?? find("#draft").children[dataset.paragraph];
  words.classList.add("is-here");
  reveal(find("#draft"), words);
}

function toFinding(number) {
  const item = find(`li.finding[data-number="${number}"]`);
  if (item.hidden) return;
  here(number);
  reveal(find("#findings"), item);
  item.focus({ preventScroll: true });
}

function here(number) {
  for (const old of document.querySelectorAll(".is-here")) old.classList.remove("is-here");
  for (const one of document.querySelectorAll(`[data-number="${number}"]`)) one.classList.add("is-here");
}

/** Scroll a pane so that `element` stands in its upper third. */
function reveal(pane, element) {
  if (!element) return;
  const view = pane.getBoundingClientRect();
  pane.scrollTop += element.getBoundingClientRect().top - view.top - view.height / 3;
  if (view.top < 0 || view.bottom > innerHeight) pane.scrollIntoView({ block: "nearest" });
}
