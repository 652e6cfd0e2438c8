// Renders parts of the screen for somebody in a room, with the real client, and reads the names of what they can press. The answers
// of the server are given.
import type { ReactNode } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { AppRouterContext } from "next/dist/shared/lib/app-router-context.shared-runtime";
import {
  PathnameContext,
  PathParamsContext,
  SearchParamsContext,
} from "next/dist/shared/lib/hooks-client-context.shared-runtime";
import { ClientContext } from "@/components/settings/with-client";
import { createParley } from "@/lib/client/engine";
import { ParleyContext } from "@/lib/client/hooks/use-parley";
import { TextsContext } from "@/lib/client/hooks/use-text";
import { createMemoryStorage } from "@/lib/client/outbox-storage";
import { NowProvider } from "@/lib/client/now-provider";
import { mayCreateOrganization } from "@/lib/policy/organization";
import { archivedAt as at, messageBy, personNamed, type Viewer } from "./viewers";

const dan = personNamed("Dan");
const groupsNamed = (...ids: string[]) =>
  ids.map((id) => ({ id, name: `Group ${id}`, handle: id, memberCount: 1, roomCount: null }));
const cardOf = (id: string) => {
  return {
    person: personNamed(id),
    joinedAt: at,
    groups: [],
    rooms: [{ id: "room", name: "lighthouse" }],
    roomCount: 1,
    formerHandles: [],
  };
};
/** What the server answers, by the end of the path. What is null is not answered. */
const answers = (viewer: Viewer): Record<string, object | null> => ({
  "/room/members": {
    members: [
      { person: personNamed("Cleo"), role: "member", joinedAt: at },
      { person: personNamed("Mo"), role: "moderator", joinedAt: at },
    ],
    total: 2,
  },
  "/room/pins": { messages: [{ ...messageBy("Cleo"), pinnedAt: at, pinnedById: "Mo" }], people: [] },
  "/room/bans": { bans: [{ person: personNamed("Eve"), by: { id: "Mo", name: "Mo" }, createdAt: at }] },
  "/room/join-requests": { requests: [{ id: "request", person: dan, note: "", createdAt: at }] },
  "/room/ask-link": { link: { creator: { id: "Mo", name: "Mo" }, createdAt: at } },
  "/rooms/all": {
    rooms: [
      { room: viewer.room, role: viewer.membership?.role ?? null, banned: false, lastMessageAt: null, messages: 0 },
    ],
    total: 1,
  },
  "/room-invites/sent": {
    invites: [
      {
        id: "invite",
        state: "pending",
        note: "",
        createdAt: at,
        expiresAt: at,
        tick: 1,
        room: { id: "room", name: "lighthouse", access: "public", emoji: null, picture: null },
        person: personNamed("Fay"),
        inviter: viewer.home.me,
      },
    ],
  },
  "/audit": {
    entries: [
      {
        id: "entry",
        at,
        actorId: "Mo",
        act: "room.archive",
        subject: "room",
        subjectId: "room",
        roomId: "room",
        before: { archived: false },
        after: { archived: true },
        hidden: false,
        address: "",
      },
    ],
    names: { Mo: "Mo", room: "lighthouse" },
  },
  "/organizations": {
    organizations: ["Larkfield", "Harbourside"].map((name) => ({
      id: name,
      name,
      handle: name.toLowerCase(),
      picture: null,
      isCurrent: name === "Larkfield",
      isSignedIn: true,
      isUnread: false,
      waiting: 0,
    })),
    mayCreate: mayCreateOrganization(viewer.asker, { creators: "owners", owned: 1 }).ok,
  },
  "/message/reactions": { reactions: [{ person: personNamed("Cleo"), emoji: "🎉", reactedAt: at }], next: null },
  "/groups": { groups: groupsNamed("mine", "other") },
  "/rooms": { rooms: [] },
  "/people": { people: [] },
  "/directory": { people: [personNamed("Cleo")], total: 1 },
  "/people/Cleo": cardOf("Cleo"),
  "/people/me": cardOf("me"),
});

/** Shows a part to somebody, and returns what it says: once everything has come, or as soon as this is typed into its search field. */
export const textShownIn = (
  viewer: Viewer,
  part: ReactNode,
  { typed, answers: others = {} }: { typed?: string; answers?: Record<string, object | null> } = {},
): Promise<string> =>
  shown(
    viewer,
    part,
    async () => {
      if (typed) search(typed);
      return document.body.innerText;
    },
    { ...answers(viewer), ...others },
  );

function search(text: string) {
  const field = document.querySelector<HTMLInputElement>("input[type=search]");
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, text);
  flushSync(() => field?.dispatchEvent(new Event("input", { bubbles: true })));
}

/** Shows a part to somebody, and returns what they can press: its role and its name. Items of menus are named after their button. */
export const pressableIn = (
  viewer: Viewer,
  part: ReactNode,
  others: Record<string, object | null> = {},
): Promise<Set<string>> => shown(viewer, part, pressables, { ...answers(viewer), ...others });

/** Shows a part to somebody, types a text into its field, presses Enter, and returns what is read then. */
export const afterEnterIn = <T,>(
  viewer: Viewer,
  part: ReactNode,
  typed: string,
  read: (field: HTMLTextAreaElement) => T,
  others: Record<string, object | null> = {},
): Promise<T> =>
  shown(
    viewer,
    part,
    async () => {
      for (const box of document.querySelectorAll<HTMLInputElement>("input[type=checkbox]"))
        flushSync(() => box.click());
      const field = document.querySelector("textarea");
      if (!field) throw new Error("There is no field.");
      Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")?.set?.call(field, typed);
      flushSync(() => field.dispatchEvent(new Event("input", { bubbles: true })));
      await until();
      flushSync(() => field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true })));
      await until();
      return read(field);
    },
    { ...answers(viewer), ...others },
  );

/** Shows a part to somebody while it is read. */
async function shown<T>(
  viewer: Viewer,
  part: ReactNode,
  read: () => Promise<T>,
  given: Record<string, object | null>,
): Promise<T> {
  const fetch = (url: string) => {
    const [path = "", query = ""] = url.split("?");
    const end = Object.keys(given).find((each) => path.endsWith(each));
    if (!end) throw new Error(`No answer is given for ${url}.`);
    if (given[end] === null) return new Promise<never>(() => {});
    const answer = {
      ok: true,
      data: { next: null, ...given[end], ...(query.includes("among=mine") && { groups: groupsNamed("mine") }) },
    };
    return Promise.resolve({ json: async () => answer } as Response);
  };
  const parley = createParley({ home: viewer.home, version: "", fetch, storage: createMemoryStorage() });
  const host = document.body.appendChild(document.createElement("div"));
  const root = createRoot(host);
  const place = "/o/larkfield/rooms/room";
  flushSync(() =>
    root.render(
      <AppRouterContext value={router}>
        <PathParamsContext value={{ organization: "larkfield" }}>
          <PathnameContext value={place}>
            <SearchParamsContext value={new URLSearchParams()}>
              <NowProvider>
                <ParleyContext value={parley}>
                  <ClientContext value={parley}>
                    <TextsContext value={parley.texts}>{part}</TextsContext>
                  </ClientContext>
                </ParleyContext>
              </NowProvider>
            </SearchParamsContext>
          </PathnameContext>
        </PathParamsContext>
      </AppRouterContext>,
    ),
  );
  await until();
  const found = await read();
  flushSync(() => root.unmount());
  host.remove();
  return found;
}

async function pressables(): Promise<Set<string>> {
  const found = namesIn(document.body);
  for (const button of document.querySelectorAll<HTMLElement>("[aria-haspopup=menu]")) {
    const menu = () => document.getElementById(button.getAttribute("aria-controls") ?? "");
    button.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    await until(() => menu() !== null);
    const items = [...namesIn(menu() ?? button)].filter((name) => name.startsWith("menuitem "));
    for (const name of items) found.add(name.replace("menuitem ", `menuitem ${nameOf(button)}: `));
  }
  return found;
}

/** Waits until everything has come and this holds: answers and code come in turns of Node's loop, and not after some time. */
async function until(holds: () => boolean = () => !document.body.textContent.includes("Loading")): Promise<void> {
  let calmTurns = 0;
  const observer = new MutationObserver(() => (calmTurns = 0));
  observer.observe(document.body, { childList: true, subtree: true, attributes: true, characterData: true });
  for (let turns = 0; turns < 2000 && (calmTurns < 3 || !holds()); turns++) {
    calmTurns++;
    await new Promise<void>((done) => void setImmediate(done));
  }
  observer.disconnect();
  if (!holds()) throw new Error(`This stays: ${document.body.textContent}`);
}

const pressable = "a[href], button, input, select, textarea, [role=menuitem]";

function namesIn(part: HTMLElement): Set<string> {
  const elements = [...part.querySelectorAll<HTMLInputElement>(pressable)].filter(
    // A person's name opens their card, for everybody.
    (element) => !element.disabled && element.dataset.person === undefined,
  );
  return new Set(elements.map((element) => `${roleOf(element)} ${nameOf(element)}`));
}

function roleOf(element: HTMLElement): string {
  const type = element.getAttribute("type");
  const roles: Record<string, string> = { A: "link", BUTTON: "button", SELECT: "combobox", TEXTAREA: "textbox" };
  const inputs: Record<string, string> = { checkbox: "checkbox", radio: "radio", search: "searchbox" };
  return element.getAttribute("role") ?? roles[element.tagName] ?? inputs[type ?? ""] ?? "textbox";
}

function nameOf(element: HTMLElement): string {
  const { labels } = element as HTMLInputElement;
  const label = element.getAttribute("aria-label") ?? (labels?.length ? textOf(labels[0]) : textOf(element));
  return label.trim();
}

/** The text of an element, without keys and what is hidden from screen readers. */
function textOf(element: Element | undefined): string {
  if (!element || element.getAttribute("aria-hidden") === "true" || element.tagName === "KBD") return "";
  return [...element.childNodes]
    .map((node) => (node.nodeType === 1 ? textOf(node as Element) : (node.textContent ?? "")))
    .join("");
}

const nothing = () => {};
const router = {
  back: nothing,
  forward: nothing,
  refresh: nothing,
  push: nothing,
  replace: nothing,
  prefetch: nothing,
} as never;
