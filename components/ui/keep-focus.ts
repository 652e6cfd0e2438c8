"use client";

const focusable = "a[href], button:not([disabled]), input:not([disabled]), select:not([disabled])";

/**
 * A `ref` for an element whose children are rows. When the focused row is removed, the focus moves to the same control in the row
 * that is now in its place. Otherwise the next Tab would start at the top of the page.
 */
export function keepFocusInRows(rows: HTMLElement | null) {
  if (!rows) return;
  let last: { row: Element; rowIndex: number; controlIndex: number } | null = null;

  function remember(event: FocusEvent) {
    const row = [...rows!.children].find((child) => child.contains(event.target as Node));
    if (!row) return;
    const controls = [...row.querySelectorAll<HTMLElement>(focusable)];
    const controlIndex = controls.indexOf(event.target as HTMLElement);
    last = { row, rowIndex: [...rows!.children].indexOf(row), controlIndex };
  }
  function forget(event: FocusEvent) {
    // `relatedTarget` is null when the focused element is removed. In that case the row is still needed.
    if (event.relatedTarget) last = null;
  }
  const observer = new MutationObserver(() => {
    if (!last || last.row.isConnected || document.activeElement !== document.body) return;
    const next = rows.children[Math.min(last.rowIndex, rows.children.length - 1)];
    const controls = [...(next?.querySelectorAll<HTMLElement>(focusable) ?? [])];
    (controls[last.controlIndex] ?? controls.at(-1))?.focus();
  });
  rows.addEventListener("focusin", remember);
  rows.addEventListener("focusout", forget);
  observer.observe(rows, { childList: true });
  return () => {
    observer.disconnect();
    rows.removeEventListener("focusin", remember);
    rows.removeEventListener("focusout", forget);
  };
}
