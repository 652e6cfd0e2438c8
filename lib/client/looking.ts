/** Whether somebody may be looking at the page: its tab is visible and its window has the focus. */
export function isLooking(): boolean {
  return document.visibilityState === "visible" && document.hasFocus();
}

/** Calls `changed` when the result of `isLooking` may have changed. Returns a function that stops this. */
export function onLooking(changed: () => void): () => void {
  window.addEventListener("focus", changed);
  window.addEventListener("blur", changed);
  document.addEventListener("visibilitychange", changed);
  return () => {
    window.removeEventListener("focus", changed);
    window.removeEventListener("blur", changed);
    document.removeEventListener("visibilitychange", changed);
  };
}
