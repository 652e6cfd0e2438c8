"use client";
import { type RefObject, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { phone } from "@/components/shell/use-media";
import { dialogOnDemand } from "@/components/ui/on-demand";
import { useLater } from "@/components/ui/later";
import type { DialogOfCard } from "./card-dialog";

const load = () => import("./card-panel");
const CardDialog = dialogOnDemand(() => import("./card-dialog"));

/** How long the mouse must rest on a name to open its card. */
const openAfterMs = 400;
/** The card closes this long after the mouse has left it. */
const closeAfterMs = 200;

interface Shown {
  personId: string;
  /** The name or avatar that opened the card. */
  anchor: HTMLElement;
  /** Whether hovering opened the card. Then it takes no focus, and closes when the mouse leaves, until it is used. */
  byHover: boolean;
  /** Whether the card is a sheet. Decided when it opens, so that it stays the same while the window is resized. */
  isSheet: boolean;
}

const anchorOf = (target: EventTarget | null) =>
  target instanceof Element ? target.closest<HTMLElement>("[data-person]") : null;
const shownFor = (anchor: HTMLElement, byHover: boolean): Shown => ({
  personId: anchor.dataset.person ?? "",
  anchor,
  byHover,
  isSheet: matchMedia(phone).matches,
});

/** The anchor, or the name next to it: a picture cannot have the focus. */
const focusableOf = (anchor: HTMLElement | null) =>
  anchor?.matches("button")
    ? anchor
    : anchor?.closest("li, [data-row]")?.querySelector<HTMLElement>("button[data-person], a[href]");

/**
 * Shows a person's card when an element with their id in `data-person` is pressed, or when the mouse rests on the element. One
 * instance serves the whole page, so that names need no listeners.
 */
export function PersonCards() {
  const [shown, setShown] = useState<Shown | null>(null);
  // Still drawn while it closes.
  const [drawn, setDrawn] = useState<Shown | null>(null);
  const [dialog, setDialog] = useState<DialogOfCard>("status");
  const [isDialogOpen, setDialogOpen] = useState(false);
  // Changes each time a dialog opens, so that it begins with the current values.
  const [dialogKey, setDialogKey] = useState(0);
  const [panel, fetchPanel] = useLater(load);
  const anchor = useRef<HTMLElement>(null);
  const card = useRef<HTMLDivElement>(null);

  const focusAnchor = () => focusableOf(anchor.current)?.focus({ preventScroll: true });
  function show(next: Shown | null) {
    if (next) {
      anchor.current = next.anchor;
      // A tap does not focus it in every browser, and the sheet returns the focus to where it was.
      if (next.isSheet) focusAnchor();
      setDrawn(next);
      fetchPanel().catch(() => setShown(null));
    }
    setShown(next);
  }
  function openDialog(next: DialogOfCard) {
    // The dialog returns the focus to where it was. In the card, there is nothing left to focus.
    flushSync(() => show(null));
    focusAnchor();
    setDialogKey((last) => last + 1);
    setDialog(next);
    setDialogOpen(true);
  }
  useOpenByPress(shown, show);
  useOpenByHover({ shown, show, card });
  useCloseWithAnchor(shown, () => show(null));

  return (
    <>
      {drawn && panel && (
        <panel.CardPanel
          key={drawn.personId}
          personId={drawn.personId}
          anchor={anchor}
          card={card}
          open={shown !== null}
          isSheet={drawn.isSheet}
          takesFocus={!drawn.byHover}
          onUse={() => shown?.byHover && setShown({ ...shown, byHover: false })}
          onClose={() => show(null)}
          onSetStatus={() => openDialog("status")}
          onPickTime={openDialog}
          onBlock={(person) => openDialog({ toBlock: person })}
        />
      )}
      <CardDialog key={dialogKey} dialog={dialog} open={isDialogOpen} onOpenChange={setDialogOpen} />
    </>
  );
}

/** Whether text in the element is selected. Selecting text ends with a click, too, which must not open the card. */
function isSelected(element: HTMLElement): boolean {
  const selection = getSelection();
  return selection?.type === "Range" && selection.containsNode(element, true);
}

function useOpenByPress(shown: Shown | null, show: (next: Shown | null) => void) {
  useEffect(() => {
    const toggle = (event: MouseEvent) => {
      const pressed = anchorOf(event.target);
      if (!pressed || event.defaultPrevented || isSelected(pressed)) return;
      // The first press keeps open a card that hovering opened. Another press closes the card.
      show(shown?.anchor === pressed && !shown.byHover ? null : shownFor(pressed, false));
    };
    document.addEventListener("click", toggle);
    return () => document.removeEventListener("click", toggle);
  });
}

type HoverOptions = {
  shown: Shown | null;
  show: (next: Shown | null) => void;
  card: RefObject<HTMLDivElement | null>;
};

function useOpenByHover({ shown, show, card }: HoverOptions) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    const move = (event: PointerEvent) => {
      // A sheet covers the page.
      if (event.pointerType !== "mouse" || matchMedia(phone).matches) return;
      clearTimeout(timer.current);
      const over = anchorOf(event.target);
      if (shown?.byHover && over !== shown.anchor && !card.current?.contains(event.target as Node))
        timer.current = setTimeout(() => show(null), closeAfterMs);
      else if (!shown && over && event.buttons === 0)
        timer.current = setTimeout(() => show(shownFor(over, true)), openAfterMs);
    };
    const cancel = () => clearTimeout(timer.current);
    document.addEventListener("pointerover", move);
    document.addEventListener("pointerdown", cancel);
    document.addEventListener("keydown", cancel);
    return () => {
      document.removeEventListener("pointerover", move);
      document.removeEventListener("pointerdown", cancel);
      document.removeEventListener("keydown", cancel);
    };
  });
}

/** Closes the card when its anchor is removed: another room was opened, or the log was scrolled far away. */
function useCloseWithAnchor(shown: Shown | null, close: () => void) {
  const onGone = useRef(close);
  useEffect(() => {
    onGone.current = close;
  });
  useEffect(() => {
    if (!shown) return;
    const observer = new MutationObserver(() => {
      if (!shown.anchor.isConnected) onGone.current();
    });
    observer.observe(document.body, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [shown]);
}
