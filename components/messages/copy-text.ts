/** Puts text on the clipboard; also without TLS, where browsers hide the clipboard from pages. */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return await navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  const from = document.activeElement;
  area.value = text;
  area.className = "sr-only";
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
  if (from instanceof HTMLElement) from.focus({ preventScroll: true });
}
