import { isKey } from "./keys";

const waitMs = 500;
/** For this long after a tooltip was hidden, the next one shows without waiting. */
const noWaitMs = 300;
/** Time to move the pointer across the gap between the element and its tooltip. */
const leaveMs = 120;

/**
 * The element whose tooltip applies at `target`. Null if its menu or panel is open, because Esc should close that instead.
 */
function ownerOf(target: EventTarget | null): HTMLElement | null {
  const owner = target instanceof Element ? target.closest<HTMLElement>("[data-tooltip]") : null;
  return owner?.getAttribute("aria-expanded") === "true" ? null : owner;
}

/**
 * Calls `show` with the element whose tooltip to show, or with null to hide the tooltip. The tooltip appears after a moment on
 * hover, at once on keyboard focus. A click, Esc, scrolling, or the element leaving the window hides it. Returns a function that
 * stops watching.
 */
export function watchTooltips(show: (owner: HTMLElement | null) => void, isTooltip: (element: Element) => boolean) {
  let shown: HTMLElement | null = null;
  let hovered: HTMLElement | null = null;
  let hiddenAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const visibility = new IntersectionObserver(([entry]) => entry?.isIntersecting === false && change(null));

  function change(next: HTMLElement | null) {
    clearTimeout(timer);
    if (next === shown) return;
    visibility.disconnect();
    if (next) visibility.observe(next);
    else hiddenAt = performance.now();
    shown = next;
    show(next);
  }
  function later(next: HTMLElement | null, ms: number) {
    clearTimeout(timer);
    timer = setTimeout(() => change(ownerOf(next)), ms);
  }

  const listeners: { [Name in keyof DocumentEventMap]?: (event: DocumentEventMap[Name]) => void } = {
    pointerover({ pointerType, target }) {
      if (pointerType === "touch") return;
      if (target instanceof Element && isTooltip(target)) return clearTimeout(timer);
      const owner = ownerOf(target);
      // The pointer is still over the same element: a click has hidden its tooltip. Do not show it again.
      if (owner === hovered && owner !== shown) return;
      hovered = owner;
      if (owner === shown) clearTimeout(timer);
      else if (!owner) later(null, leaveMs);
      else if (shown || performance.now() - hiddenAt < noWaitMs) change(owner);
      else later(owner, waitMs);
    },
    pointerdown: () => change(null),
    click: () => change(null),
    focusin({ target }) {
      const owner = ownerOf(target);
      if (owner && owner === target && owner.matches(":focus-visible")) change(owner);
    },
    focusout: () => change(null),
    keydown(event) {
      if (!isKey(event, "esc") || !shown || !ownerOf(shown)) return;
      // Esc hides only the tooltip. A dialog under it stays open.
      event.preventDefault();
      change(null);
    },
    scroll({ target }) {
      if (target instanceof Node && target.contains(shown)) change(null);
    },
  };
  for (const [name, listener] of Object.entries(listeners))
    document.addEventListener(name, listener as EventListener, true);
  return () => {
    change(null);
    for (const [name, listener] of Object.entries(listeners))
      document.removeEventListener(name, listener as EventListener, true);
  };
}
