// @vitest-environment happy-dom
import { useRef } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Suggestion, SuggestionList } from "./suggestion-list";
import { typeSign } from "./type-sign";
import { useWord } from "./use-word";
import type { Sign } from "./word";

const named = (name: string): Suggestion => ({
  id: name,
  section: "In this room",
  icon: null,
  name,
  marks: [],
  insert: `@${name} `,
});

function Field({ names, chosen, passed }: { names: readonly string[]; chosen: string[]; passed: string[] }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const { word, hide, dismiss } = useWord(field);
  return (
    <form>
      <textarea ref={field} aria-label="Message" onKeyDown={({ key }) => passed.push(key)} />
      {word && (
        <SuggestionList
          fieldRef={field}
          word={word}
          label="People"
          suggestions={names.map(named)}
          onChoose={(insert) => {
            chosen.push(insert);
            hide();
          }}
          onDismiss={dismiss}
        />
      )}
    </form>
  );
}

function show() {
  const host = document.body.appendChild(document.createElement("div"));
  const root = createRoot(host);
  const [chosen, passed]: [string[], string[]] = [[], []];
  const render = (...names: string[]) =>
    flushSync(() => root.render(<Field names={names} chosen={chosen} passed={passed} />));
  render("ada", "adela", "farid");
  const field = host.querySelector("textarea") as HTMLTextAreaElement;
  const tell = (event: Event) => flushSync(() => field.dispatchEvent(event));
  return {
    render,
    field,
    chosen,
    passed,
    tell,
    type(text: string, more: InputEventInit = {}) {
      field.value = text;
      field.setSelectionRange(text.length, text.length);
      tell(new InputEvent("input", { bubbles: true, inputType: "insertText", data: text.slice(-1), ...more }));
    },
    press: (key: string) => tell(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })),
    options: () => [...document.querySelectorAll("[role=option]")].map(({ textContent }) => textContent),
    selected: () => {
      const option = document.querySelector("[role=option][aria-selected=true]");
      const list = document.querySelector("[role=listbox]");
      // What a screen reader is told is what is drawn.
      expect(field.getAttribute("aria-activedescendant")).toBe(option?.id ?? null);
      expect(field.getAttribute("aria-controls")).toBe(list?.id ?? null);
      return option?.textContent ?? null;
    },
    end: () => (flushSync(() => root.unmount()), host.remove()),
  };
}
let shown: ReturnType<typeof show>;
beforeEach(() => void (shown = show()));
afterEach(() => shown.end());

it("The sign opens the list, and arrows, Enter and Tab choose from it", () => {
  const { type, press, selected, options, chosen, passed } = shown;
  expect(selected()).toBeNull();
  type("Thanks @");
  expect(options()).toEqual(["ada", "adela", "farid"]);
  expect(selected()).toBe("ada");
  press("ArrowDown");
  expect(selected()).toBe("adela");
  press("ArrowUp");
  press("ArrowUp");
  expect(selected()).toBe("farid");
  press("Enter");
  expect(chosen).toEqual(["@farid "]);
  expect(selected()).toBeNull();
  type("Thanks @a");
  press("Tab");
  expect(chosen).toEqual(["@farid ", "@ada "]);
  expect(passed, "the list's keys reach nothing else").toEqual([]);
  press("Enter");
  expect(passed, "a closed list has no keys").toEqual(["Enter"]);
});

it("A list without matches takes no keys", () => {
  const { type, render, press, passed, selected } = shown;
  render();
  type("@zz");
  expect(selected()).toBeNull();
  press("Enter");
  press("Escape");
  expect(passed).toEqual(["Enter", "Escape"]);
});

it("Escape closes the list until another sign is typed", () => {
  const { type, press, selected, passed } = shown;
  type("@");
  press("Escape");
  expect(selected()).toBeNull();
  type("@a");
  type("@ad");
  expect(selected()).toBeNull();
  type("@ad @");
  expect(selected()).toBe("ada");
  press("Escape");
  type("");
  type("@");
  expect(selected(), "also at the same place").toBe("ada");
  expect(passed).toEqual([]);
});

it("What is found later moves neither the selection nor what is shown", () => {
  const { type, press, render, selected, options, chosen } = shown;
  type("@a");
  press("ArrowDown");
  render("abel", "ada", "adela", "zoe");
  expect(selected()).toBe("adela");
  expect(options()).toEqual(["ada", "adela", "abel", "zoe"]);
  press("Enter");
  expect(chosen).toEqual(["@adela "]);
});

it("An input method that composes opens nothing until it has ended, and its keys are its own", () => {
  const { type, tell, selected, press } = shown;
  type("@", { isComposing: true });
  type("@a", { isComposing: true, inputType: "insertCompositionText" });
  expect(selected()).toBeNull();
  tell(new CompositionEvent("compositionend", { bubbles: true }));
  expect(selected()).toBe("ada");
  tell(new CompositionEvent("compositionstart", { bubbles: true }));
  expect(selected()).toBeNull();
  press("Enter");
  expect(shown.chosen).toEqual([]);
});

it("What is pasted, deleted or reached by the caret opens nothing", () => {
  const { type, field, tell, selected } = shown;
  type("@ad", { inputType: "insertFromPaste", data: null });
  expect(selected()).toBeNull();
  type("@a", { inputType: "deleteContentBackward", data: null });
  expect(selected()).toBeNull();
  type("@ad");
  expect(selected()).toBe("ada");
  type("@a", { inputType: "deleteContentBackward", data: null });
  expect(selected(), "a list that is open stays").toBe("ada");
  tell(new FocusEvent("blur"));
  expect(selected()).toBeNull();
  field.setSelectionRange(1, 1);
  document.dispatchEvent(new Event("selectionchange"));
  expect(selected()).toBeNull();
});

it("The pointer chooses, and what it presses keeps the focus in the field", async () => {
  const { type, chosen, selected } = shown;
  type("@");
  const third = document.querySelectorAll<HTMLElement>("[role=option]")[2] as HTMLElement;
  const down = new MouseEvent("mousedown", { bubbles: true, cancelable: true });
  flushSync(() => third.dispatchEvent(down));
  expect(down.defaultPrevented).toBe(true);
  third.dispatchEvent(new PointerEvent("pointermove", { bubbles: true }));
  await expect.poll(selected).toBe("farid");
  flushSync(() => third.click());
  expect(chosen).toEqual(["@farid "]);
});

it("A sign that a button typed before the suggestions were loaded opens the list", async () => {
  // What browsers do, and this one can't.
  const execCommand = (_name: string, _ui: boolean, text: string) => {
    const field = document.activeElement as HTMLTextAreaElement;
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    return true;
  };
  Object.assign(document, { execCommand });
  const host = document.body.appendChild(document.createElement("div"));
  function Late({ fieldRef }: { fieldRef: { current: HTMLTextAreaElement } }) {
    return useWord(fieldRef).word?.sign ?? "closed";
  }
  const mount = (text: string, sign?: Sign) => {
    const field = host.appendChild(document.createElement("textarea"));
    const screen = host.appendChild(document.createElement("p"));
    field.value = text;
    field.setSelectionRange(text.length, text.length);
    field.focus();
    if (sign) typeSign(field, sign);
    const root = createRoot(screen);
    flushSync(() => root.render(<Late fieldRef={{ current: field }} />));
    return () => screen.textContent;
  };
  const closed = [mount("Ask #"), mount("Ask @")];
  await expect.poll(mount("Ask ", "@")).toBe("@");
  await expect.poll(mount("", "#")).toBe("#");
  expect(closed.map((read) => read())).toEqual(["closed", "closed"]);
  host.remove();
});
