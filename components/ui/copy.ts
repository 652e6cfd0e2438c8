/** Copies text to the clipboard. Resolves to whether that succeeded. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyWithoutClipboard(text);
  }
}

/**
 * Copies text that is still being fetched. Safari allows copying only while the page handles a press, so it gets the promise
 * at once. Browsers that do not accept a promise get the text when it has arrived. Rejects if `text` rejects.
 */
export async function copyLater(text: Promise<string>): Promise<boolean> {
  const blob = text.then((copied) => new Blob([copied], { type: "text/plain" }));
  blob.catch(() => {}); // if `text` rejects, the `await` below reports it
  try {
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    return true;
  } catch {
    return copyText(await text);
  }
}

// Without https, for instance at an IP address in the local network, browsers have no clipboard API.
function copyWithoutClipboard(text: string): boolean {
  const focusedElement = document.activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  area.setAttribute("readonly", "");
  area.className = "sr-only";
  // If a dialog is open, the text area is put inside it, because the focus cannot leave the dialog.
  (focusedElement?.closest('[role="dialog"]') ?? document.body).append(area);
  area.select();
  const isCopied = document.execCommand("copy");
  area.remove();
  if (focusedElement instanceof HTMLElement) focusedElement.focus({ preventScroll: true });
  return isCopied;
}
