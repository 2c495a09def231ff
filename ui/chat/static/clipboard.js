/* Copying text. */

/** Put `text` on the clipboard; false where the browser does not let us. */
export async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without https, on another machine's address, browsers have no clipboard object.
    const area = document.createElement("textarea");
    area.value = text;
    // Inside an open dialog nothing outside of it can be focused.
    (document.querySelector("dialog[open]") ?? document.body).append(area);
    area.select();
    const isCopied = document.execCommand("copy");
    area.remove();
    return isCopied;
  }
}

/** Copy, and say so on the button itself for a moment. */
export async function copyFrom(button, text, say) {
  const isCopied = await toClipboard(text);
  const told = isCopied ? "コピーしました" : "コピーできません";
  const before = button.dataset.words ?? button.textContent;
  button.dataset.words = before;
  say(isCopied ? `${text} をコピーしました` : told);
  button.textContent = told;
  setTimeout(() => (button.textContent = before), 2000);
}
