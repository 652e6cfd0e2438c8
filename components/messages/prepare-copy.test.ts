import { expect, it } from "vitest";
import { createStore } from "zustand/vanilla";
import { createFormats } from "@/lib/client/date-formats";
import type { Parley } from "@/lib/client/parley";
import { parse } from "@/lib/contract/markdown/parse";
import type { LogRowItem } from "./log-rows";
import { copiedBody, prepareCopy } from "./prepare-copy";

const mentions = {
  ada: { kind: "person", id: "1" },
  me: { kind: "person", id: "2" },
  oncall: { kind: "group", id: "3" },
  eve: { kind: "person", id: "4" },
} as const;
const body = "**@ada** and @Me of @oncall, not @eve or `@ada`";

function client(loadGroups: () => Promise<void> = async () => {}) {
  const asked: string[] = [];
  const groups = createStore(() => ({ groups: [{ id: "3", name: "On call" }] }));
  const parley = {
    stores: {
      rooms: createStore(() => ({ me: { id: "2", name: "Bo Larsen" } })),
      people: createStore(() => ({ people: new Map([["1", { name: "Ada Park" }]]) })),
    },
    names: async () => {
      asked.push("names");
      return { store: groups, loadGroups };
    },
  };
  return { parley: parley as unknown as Parley, asked };
}

it("a message is copied as it was typed, with the names of those whom it mentions", async () => {
  const { parley } = client();
  expect(await copiedBody(parley, { body, mentions })).toBe(
    "**@Ada Park** and @Bo Larsen of @On call, not @eve or `@ada`",
  );
});

it("groups are not asked for if none is mentioned, and stay as typed if they can't be loaded", async () => {
  const { parley, asked } = client();
  expect(await copiedBody(parley, { body: "@ada", mentions: { ada: mentions.ada } })).toBe("@Ada Park");
  expect(asked).toEqual([]);
  const offline = client(() => Promise.reject(new Error("offline")));
  expect(await copiedBody(offline.parley, { body: "@ada @oncall", mentions })).toBe("@Ada Park @oncall");
});

it("rows are copied with the names that are known when they are copied", async () => {
  const { parley } = client();
  const message = { id: "m", authorId: "1", kind: "person", body, mentions, createdAt: "2026-11-28T09:00:00.000Z" };
  const row = { type: "message", key: "m", message, grouped: false, unsent: null } as unknown as LogRowItem;
  const format = await prepareCopy(parley, [row]);
  parley.stores.people.setState({ people: new Map([["1", { name: "Ada Reed" } as never]]) });
  const text = format([{ row }], parse, { date: new Date(), formats: createFormats() });
  expect(text).toMatch(/^Ada Reed, /);
  expect(text).toContain("@Ada Reed and @Bo Larsen of @On call, not @eve or @ada");
});
