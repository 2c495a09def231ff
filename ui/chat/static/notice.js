/* What is said to the user: errors above the box for the question, and quiet words for those who
   listen to the page rather than see it. */

const find = (selector) => document.querySelector(selector);
let isHeld = false; // by something that lasts, such as a lost connection

/** Show a sentence on what went wrong; "" takes it away. `kind` is error, lost or back. */
export function warn(text, kind = "error") {
  const notice = find("#notice");
  if (!notice || (isHeld && kind === "error")) return;
  // No error is no reason to take away that the connection is back.
  if (!text && kind === "error" && notice.dataset.kind === "back") return;
  isHeld = kind === "lost";
  notice.dataset.kind = kind;
  notice.textContent = text;
}

/** Show what the server said of the last event. */
export function showTrouble() {
  warn(find("#trouble")?.textContent.trim() ?? "");
}

/** Say something that eyes see elsewhere. */
export function say(text) {
  find("#said").textContent = text;
}
