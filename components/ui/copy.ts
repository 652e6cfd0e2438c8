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
 * Copies text that is still being fetched. Safari allows copying only while it handles a click, so the clipboard gets the promise
 * at once. Browsers that do not accept a promise get the text when it arrives. Rejects if `text` rejects.
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

// Browsers have no clipboard API without https, for example at an IP address in the local network.
function copyWithoutClipboard(text: string): boolean {
  const focusedElement = document.activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  area.setAttribute("readonly", "");
  area.className = "sr-only";
  // Inside an open dialog, because the focus cannot leave the dialog.
  (focusedElement?.closest('[role="dialog"]') ?? document.body).append(area);
  area.select();
  const isCopied = document.execCommand("copy");
  area.remove();
  if (focusedElement instanceof HTMLElement) focusedElement.focus({ preventScroll: true });
  return isCopied;
}
