// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { flushSync } from "react-dom";
import { createRoot, type Root } from "react-dom/client";
import { focusComposer, useReturnFocus } from "./return-focus";

const find = (id: string) => document.getElementById(id);

/** An element with this id, with others in it. */
function element(tag: string, id: string, ...children: HTMLElement[]): HTMLElement {
  const made = document.createElement(tag);
  made.id = id;
  made.tabIndex = -1;
  made.append(...children);
  return made;
}
function composer(id: string): HTMLElement {
  const made = element("textarea", id);
  made.dataset.composer = "";
  return made;
}
const room = () => [element("div", "log"), composer("message")];
const thread = () => element("aside", "panel", element("button", "bell"), composer("reply"));
const members = () => element("aside", "panel", element("button", "bell"));
const show = (...parts: HTMLElement[]) => document.body.replaceChildren(...parts);

/** The id of what has the focus after the call. */
function focusedAfter(near?: Element | null): string | undefined {
  focusComposer(near);
  return document.activeElement?.id;
}

let root: Root | undefined;
beforeEach(() => show());
afterEach(() => {
  root?.unmount();
  show();
});

it.each([
  ["in a thread", thread, "bell", "reply"],
  ["the panel of a thread itself", thread, "panel", "reply"],
  ["in the room beside a thread", thread, "log", "message"],
  ["in a panel without a field", members, "bell", "message"],
])("From what is %s, the focus goes to the nearest field", (_where, panel, near, expected) => {
  show(...room(), panel());
  expect(focusedAfter(find(near))).toBe(expected);
});

it("Without a place, the focus goes to the room's field, wherever the thread stands in the document", () => {
  show(thread(), ...room());
  expect(focusedAfter()).toBe("message");
  expect(focusedAfter(document.body)).toBe("message");
});

it("From a thread that was closed meanwhile, the focus goes to the room's field", () => {
  show(...room(), thread());
  const panel = find("panel");
  panel?.remove();
  expect(focusedAfter(panel)).toBe("message");
});

it("Beside a list of threads, only what is in the thread leads to its field", () => {
  show(element("div", "log"), thread());
  expect(focusComposer(find("log"))).toBe(false);
  expect(focusedAfter(find("bell"))).toBe("reply");
});

/** Opens a dialog from one element, removes another one, and closes it. Returns the id of what has the focus then. */
function focusedAfterDialog(from: string, removed: string): string | undefined {
  const place = document.createElement("div");
  document.body.append(place);
  let returnFocus: ((event: Event) => void) | undefined;
  function Dialog({ open }: { open: boolean }) {
    returnFocus = useReturnFocus(open);
    return null;
  }
  const made = createRoot(place);
  root = made;
  flushSync(() => made.render(<Dialog open={false} />));
  find(from)?.focus();
  flushSync(() => made.render(<Dialog open />));
  find(removed)?.remove();
  flushSync(() => made.render(<Dialog open={false} />));
  returnFocus?.(new Event("close"));
  return document.activeElement?.id;
}

it.each([
  ["the thread whose button opened it, although the button is gone", "bell", "reply"],
  ["the room, if the thread is gone, too", "panel", "message"],
])("From a dialog that closes, the focus goes to %s", (_where, removed, expected) => {
  show(...room(), thread());
  expect(focusedAfterDialog("bell", removed)).toBe(expected);
});

it("Where there is no field, or its keyboard would open, the focus goes to the message whose toolbar opened the dialog", () => {
  const message = () => {
    const row = element("article", "row", element("button", "more"));
    row.dataset.row = "";
    return row;
  };
  show(message());
  expect(focusedAfterDialog("more", "more")).toBe("row");
  root?.unmount();
  vi.stubGlobal("matchMedia", () => ({ matches: true }));
  show(message(), composer("message"));
  expect(focusedAfterDialog("more", "more")).toBe("row");
  vi.unstubAllGlobals();
});
