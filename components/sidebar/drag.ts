import { AutoScroller, DragDropManager, Draggable, PointerActivationConstraints, PointerSensor } from "@dnd-kit/dom";

interface Drops {
  /** A room was dropped on a section. */
  onRoom: (roomId: string, sectionId: string) => void;
  /** Whether a room belongs in a section. A conversation does not belong in the section of rooms. */
  isTarget: (roomId: string, sectionId: string) => boolean;
  /** A section was dropped before another one. Null: at the end. */
  onSection: (sectionId: string, beforeSectionId: string | null) => void;
}

/** How far the pointer moves, in px, before a press becomes a drag. */
const slop = 6;
const sectionMark = "section ";

/**
 * Lets the rooms of the sidebar be dragged onto sections, and sections before each other, with a mouse or a pen. A finger scrolls the
 * list. The menus do the same by touch and keyboard. Returns a function that stops it.
 */
export function watchDrags(list: HTMLElement, { onRoom, isTarget, onSection }: Drops): () => void {
  const manager = new DragDropManager({
    plugins: [AutoScroller],
    sensors: [
      PointerSensor.configure({
        activationConstraints: () => [new PointerActivationConstraints.Distance({ value: slop })],
      }),
    ],
  });
  let source: Draggable | null = null;
  let preview: HTMLElement | null = null;
  let marked: HTMLElement | null = null;

  const sections = () => [...list.querySelectorAll<HTMLElement>("[data-section]")];
  const idOf = (section: HTMLElement | undefined) => section?.dataset.section ?? null;
  const draggedSection = () => {
    const id = String(source?.id ?? "");
    return id.startsWith(sectionMark) ? id.slice(sectionMark.length) : null;
  };

  /** The section at a place on the screen, and what dropping there does. Null if it does nothing. */
  function dropAt(x: number, y: number) {
    const section = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-section]");
    if (!section || !list.contains(section) || !source) return null;
    if (draggedSection() === null)
      return isTarget(String(source.id), idOf(section) ?? "") ? { section, edge: "into", beforeId: null } : null;
    const { top, height } = section.getBoundingClientRect();
    if (y < top + height / 2) return { section, edge: "before", beforeId: idOf(section) };
    const all = sections();
    return { section, edge: "after", beforeId: idOf(all[all.indexOf(section) + 1]) };
  }
  function mark(drop: ReturnType<typeof dropAt>) {
    if (marked && marked !== drop?.section) delete marked.dataset.drop;
    marked = drop?.section ?? null;
    if (drop) drop.section.dataset.drop = drop.edge;
  }
  function moveTo(x: number, y: number) {
    if (preview) preview.style.translate = `${x + slop}px ${y + slop}px`;
    mark(dropAt(x, y));
  }
  function end() {
    mark(null);
    preview?.remove();
    preview = null;
    document.documentElement.classList.remove("select-none");
  }

  // Runs before the press reaches the row. Only the pressed row is registered, so a list of a thousand rooms costs nothing.
  function onPointerDown(event: PointerEvent) {
    const element = (event.target as Element).closest<HTMLElement>("[data-stop]");
    if (!element || event.pointerType === "touch" || event.button !== 0) return;
    source?.destroy();
    source = new Draggable({ id: element.dataset.stop ?? "", element, register: false }, manager);
    source.register();
  }
  list.addEventListener("pointerdown", onPointerDown, { capture: true });
  list.dataset.draggable = "";

  const stops = [
    manager.monitor.addEventListener("dragstart", ({ operation: { position } }) => {
      document.documentElement.classList.add("select-none");
      preview = document.createElement("div");
      preview.className =
        "pointer-events-none fixed top-0 left-0 z-50 max-w-60 truncate rounded-control bg-surface-raised px-3 py-1.5 text-ui shadow-popover";
      preview.textContent = source?.element?.querySelector("bdi")?.textContent ?? "";
      document.body.append(preview);
      moveTo(position.current.x, position.current.y);
    }),
    // `operation` still has the position from before the move.
    manager.monitor.addEventListener("dragmove", ({ to }) => to && moveTo(to.x, to.y)),
    manager.monitor.addEventListener("dragend", ({ canceled, nativeEvent }) => {
      if (!canceled && source && nativeEvent instanceof PointerEvent) {
        const drop = dropAt(nativeEvent.clientX, nativeEvent.clientY);
        const section = draggedSection();
        if (drop && section !== null) onSection(section, drop.beforeId);
        else if (drop) onRoom(String(source.id), idOf(drop.section) ?? "");
      }
      end();
    }),
  ];
  return () => {
    delete list.dataset.draggable;
    list.removeEventListener("pointerdown", onPointerDown, { capture: true });
    for (const stop of stops) stop();
    end();
    source?.destroy();
    manager.destroy();
  };
}
