/** Whether somebody may be looking at the page: its tab is visible and its window has the focus. */
export function isLooking(): boolean {
  return document.visibilityState === "visible" && document.hasFocus();
}

/** Calls `onChange` when the result of `isLooking` may have changed. Returns a function that stops this. */
export function watchLooking(onChange: () => void): () => void {
  window.addEventListener("focus", onChange);
  window.addEventListener("blur", onChange);
  document.addEventListener("visibilitychange", onChange);
  return () => {
    window.removeEventListener("focus", onChange);
    window.removeEventListener("blur", onChange);
    document.removeEventListener("visibilitychange", onChange);
  };
}
