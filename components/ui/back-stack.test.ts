// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from "vitest";
import { isDialogEntry, openPlace } from "@/components/shell/place";
import { createBackStack } from "./back-stack";

/** A browser's history, as far as this test needs it: what is current, and which entries there are. */
let entries: unknown[] = [];
let at = 0;
class FakeNavigation extends EventTarget {
  get currentEntry() {
    return { index: at };
  }
  change(write: () => void) {
    write();
    this.dispatchEvent(new Event("currententrychange"));
  }
}
const navigation = new FakeNavigation();

/** Before `popstate`, Next.js writes the state of the entry that is reached. */
function go(delta: number) {
  navigation.change(() => (at += delta));
  navigation.change(() => {});
  dispatchEvent(new Event("popstate"));
}
const goBack = () => go(-1);
/** What a link of Next.js does. It knows nothing of dialogs. */
const openLink = () => history.pushState(null, "", "/settings");

beforeEach(() => {
  [entries, at] = [[null, null], 1];
  vi.stubGlobal("navigation", navigation);
  vi.stubGlobal("history", {
    get state() {
      return entries[at];
    },
    pushState(state: unknown) {
      navigation.change(() => {
        entries = [...entries.slice(0, at + 1), state];
        at++;
      });
    },
    replaceState(state: unknown) {
      navigation.change(() => (entries[at] = state));
    },
    back: goBack,
  });
  navigation.dispatchEvent(new Event("currententrychange"));
});

/** One for all tests, as a page has one. */
const add = createBackStack();

/** Dialogs that are open, by their names. */
function makeDialogs() {
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

it("Back skips each entry that dialogs left on its way, and no page", () => {
  const { show } = makeDialogs();
  show("a sheet")();
  openLink();
  show("a question")();
  expect(entries).toHaveLength(5);
  goBack();
  expect([at, isDialogEntry()]).toEqual([2, true]);
  goBack();
  expect(at).toBe(0);
});

it("Going forward, or back by more than one entry, leads to the chosen entry", () => {
  const { show } = makeDialogs();
  show("a sheet")();
  openLink();
  go(-2);
  expect(at).toBe(1);
  go(2);
  expect(at).toBe(3);
  show("a question")();
  go(-3);
  expect(at).toBe(1);
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
