/** Puts text on the clipboard; says whether it is there. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyByHand(text);
  }
}

/**
 * The same for text that is still being fetched. Safari lets a page copy only while it handles a press, so that the promise
 * itself is handed over; where that is not known, the text is copied as soon as it is there. Rejects when the text does.
 */
export async function copyLater(text: Promise<string>): Promise<boolean> {
  const blob = text.then((said) => new Blob([said], { type: "text/plain" }));
  // Where nobody takes it, it fails unheard: the text itself is awaited below.
  blob.catch(() => {});
  try {
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    return true;
  } catch {
    return copyText(await text);
  }
}

// Without https (a server in the house, reached by its number) browsers have no clipboard but this old way.
function copyByHand(text: string): boolean {
  const before = document.activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  area.setAttribute("readonly", "");
  area.className = "sr-only";
  // Inside an open dialog: it lets no focus out.
  (before?.closest('[role="dialog"]') ?? document.body).append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  return done;
}
