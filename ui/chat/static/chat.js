/* Brings the page to life: what a click, a key or a lost connection does.

   Everything stands on event delegation, since Gradio replaces the conversation after each answer.
   `window.tenkyo` is what Gradio's own buttons ask before they send (see page.py). */

import * as basket from "./basket.js";
import * as composer from "./composer.js";
import { watchConnection } from "./connection.js";
import * as forms from "./forms.js";
import { showTrouble } from "./notice.js";
import * as report from "./report.js";
import * as search from "./search.js";
import * as sources from "./sources.js";

const chosen = { verdict: [null, null], talk: null };

window.tenkyo = {
  scope: report.scope,
  edited: composer.edited,
  judged: () => chosen.verdict,
  talk: () => chosen.talk,
  done: composer.done,
  told: showTrouble,
};

const clicks = {
  ".marker, .card-open, .goto": (button) => report.open(button.dataset, button),
  ".card-copy": (button) => sources.copy(button),
  ".card-forms": (button) => forms.toggle(button),
  ".form-copy": (button) => forms.copyForm(button),
  ".card-collect": (button) => basket.collect(button),
  ".card-drafts": () => {},
  "#basket-open": () => basket.open(),
  "#basket-close": () => basket.close(),
  "#basket-clear": () => basket.clear(),
  "[data-basket]": (button) => basket.act(button),
  "[data-export]": (button) => basket.exportAs(button),
  ".suggestion, .example": (button) => composer.ask(button.textContent),
  ".edit": (button) => composer.edit(button),
  "#editing-stop": () => composer.stopEditing(),
  "#stop": () => composer.stop(),
  "#send": () => composer.sent(),
  "#retry": () => composer.again(),
  "#clear": () => composer.stopEditing(),
  "#export": () => sources.exportAll(),
  "#outline a": (link) => report.toSection(link.dataset.section),
  "#outline-toggle": (button) => report.toggleOutline(button),
  "#found-next": () => search.step(1),
  "#found-before": () => search.step(-1),
  ".card": (card) => {
    // Not where words are being selected to be copied.
    if (!getSelection().isCollapsed) return;
    const button = card.querySelector(".card-open");
    report.open(button.dataset, button);
  },
  "[data-feedback]": (button) => {
    chosen.verdict = [Number(button.dataset.turn), button.dataset.feedback];
    document.querySelector("#judge").click();
  },
  ".earlier, .forget": (button) => {
    chosen.talk = Number(button.dataset.talk);
    document.querySelector(button.matches(".earlier") ? "#reopen" : "#forget").click();
  },
};

document.addEventListener("click", (event) => {
  for (const [selector, act] of Object.entries(clicks)) {
    const found = event.target.closest?.(selector);
    if (!found) continue;
    if (found.tagName === "A") event.preventDefault();
    act(found);
    return;
  }
});

document.addEventListener("change", (event) => {
  if (event.target.matches?.("[data-choice]")) forms.change(event.target);
});
document.addEventListener("input", (event) => {
  if (event.target.matches?.("#basket-list input")) basket.noted(event.target);
});
document.addEventListener("keydown", composer.key, true);
document.addEventListener("keypress", composer.keypress, true);
document.addEventListener("keydown", report.key);
document.addEventListener("keydown", report.walkOutline);
sources.watchMarkers();

/** Wait until Gradio has put `selector` on the page. */
function present(selector) {
  return new Promise((found) => {
    const look = () => {
      const element = document.querySelector(selector);
      if (element) found(element);
      else requestAnimationFrame(look);
    };
    look();
  });
}

await present("#report");
await present("#notice");
basket.count();
basket.follow();
watchConnection();
await present("#question textarea");
composer.keepDraft();
search.start();
await report.start();
