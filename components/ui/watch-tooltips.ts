import { isKey } from "./keys";

const waitMs = 500;
/** After one tooltip its neighbours show without waiting. */
const stillWarmMs = 300;
/** Time to come over the gap, onto the tooltip itself. */
const leaveMs = 120;

/** Whose tooltip it would be. What has opened something says enough, and Esc is for what it opened. */
function ownerOf(target: EventTarget | null): HTMLElement | null {
  const owner = target instanceof Element ? target.closest<HTMLElement>("[data-tooltip]") : null;
  return owner?.getAttribute("aria-expanded") === "true" ? null : owner;
}

/**
 * Says of which element the tooltip is to be shown, null for none: the one under the mouse after a moment, the one the
 * keyboard comes to at once. It goes when it is pressed, with Esc, with scrolling, or when its element goes.
 */
export function watchTooltips(show: (of: HTMLElement | null) => void, isTooltip: (element: Element) => boolean) {
  let shown: HTMLElement | null = null;
  let under: HTMLElement | null = null;
  let hiddenAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const gone = new IntersectionObserver(([entry]) => entry?.isIntersecting === false && change(null));

  function change(next: HTMLElement | null) {
    clearTimeout(timer);
    if (next === shown) return;
    gone.disconnect();
    if (next) gone.observe(next);
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
      // Still on the same one: what was pressed does not show its tooltip again.
      if (owner === under && owner !== shown) return;
      under = owner;
      if (owner === shown) clearTimeout(timer);
      else if (!owner) later(null, leaveMs);
      else if (shown || performance.now() - hiddenAt < stillWarmMs) change(owner);
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
      // Only the tooltip: what lies under it stays.
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
