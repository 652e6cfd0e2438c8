// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from "vitest";
import { isDialogEntry, openPlace } from "@/components/shell/place";
import { createBackStack } from "./back-stack";

/** A browser's history, as far as this test needs it: what is current, and which entries there are. */
let entries: { state: unknown; key: string }[] = [];
let at = 0;
let keys = 0;
class FakeNavigation extends EventTarget {
  get currentEntry() {
    return { key: entries[at]?.key, index: at };
  }
  change(navigationType: string, write: () => void) {
    const from = this.currentEntry;
    write();
    this.dispatchEvent(Object.assign(new Event("currententrychange"), { from, navigationType }));
  }
}
const navigation = new FakeNavigation();
const entry = (state: unknown) => ({ state, key: `entry ${++keys}` });

function goBack() {
  navigation.change("traverse", () => at--);
  dispatchEvent(new Event("popstate"));
}

beforeEach(() => {
  [entries, at] = [[entry(null), entry(null)], 1];
  vi.stubGlobal("navigation", navigation);
  vi.stubGlobal("history", {
    get state() {
      return entries[at]?.state ?? null;
    },
    pushState(state: unknown) {
      navigation.change("push", () => {
        entries = [...entries.slice(0, at + 1), entry(state)];
        at++;
      });
    },
    replaceState(state: unknown) {
      navigation.change("replace", () => (entries[at] = { key: entries[at]?.key ?? "", state }));
    },
    back: goBack,
  });
});

/** Dialogs that are open, by their names. */
function makeDialogs() {
  const add = createBackStack();
  const open: string[] = [];
  return {
    open,
    show(name: string) {
      open.push(name);
      const remove = add(close);
      function close() {
        open.splice(open.indexOf(name), 1);
        remove();
      }
      return close;
    },
  };
}

it("Back closes the newest dialog, then the next one, and then leaves the page", async () => {
  const { open, show } = makeDialogs();
  show("a sheet");
  show("a question");
  expect([at, isDialogEntry()]).toEqual([2, true]);
  goBack();
  expect(open).toEqual(["a sheet"]);
  await expect.poll(() => at).toBe(2);
  goBack();
  expect([open, at]).toEqual([[], 1]);
  goBack();
  expect(at).toBe(0);
});

it("A dialog that stays open when it is asked to close is closed by the next Back", async () => {
  const add = createBackStack();
  let asked = 0;
  const remove = add(() => asked++);
  goBack();
  await expect.poll(() => at).toBe(2);
  goBack();
  expect(asked).toBe(2);
  remove();
});

it("After a dialog was closed otherwise, Back leaves the page", () => {
  const { show } = makeDialogs();
  show("a sheet")();
  goBack();
  expect(at).toBe(0);
});

it("Back leaves the page also if Next.js has written the entry's state again", () => {
  const { show } = makeDialogs();
  const close = show("a sheet");
  history.replaceState({ ...history.state, tree: "new" }, "");
  close();
  goBack();
  expect(at).toBe(0);
});

it("A place that a dialog opens takes its entry, and Back leads to where the dialog was", () => {
  const { show } = makeDialogs();
  const close = show("a sheet");
  openPlace("/elsewhere");
  close();
  expect([at, entries.length, isDialogEntry()]).toEqual([2, 3, false]);
  goBack();
  expect(at).toBe(1);
});

it("The entry that one dialog left serves the next one", () => {
  const { open, show } = makeDialogs();
  show("a sheet")();
  show("a question");
  expect(entries).toHaveLength(3);
  goBack();
  expect([open, at]).toEqual([[], 1]);
});
