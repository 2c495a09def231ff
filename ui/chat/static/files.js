/* Files that the server makes and the browser saves. */

/** Return the file name that a header gives. */
export function nameIn(header) {
  return decodeURIComponent(/filename\*=UTF-8''(\S+)/.exec(header)?.[1] ?? "tenkyo");
}

export function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
