// Reads every paged list while rows are added and removed between its pages. No row that stays may be skipped or repeated, and a
// cursor may reveal nothing. The lists are found by their schemas. A new list fails until `tests/harness/lists.ts` says how to
// add and remove its rows.
import fc from "fast-check";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { type OperationName, operations } from "@/lib/contract/index";
import { lists } from "@/tests/harness/lists";
import type { List } from "@/tests/harness/lists-of-people";
import { as } from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "100000"; // rate limits are not tested here

/** Operations that answer with a list but have no cursor, and why. */
const withoutCursor: Record<string, string> = {
  "message.list": "its pages continue at a message's `seq`, and rows of messages are never removed",
  "message.lookUp": "it answers with at most as many as were asked for",
  "pin.list": "a room has at most 50 pins",
  "group.show": "a group's page shows all rooms that are open to it",
  "group.losses": "a warning names every room",
  "person.guestLosses": "a warning names every group and room",
  "organization.list": "an account is in few organizations, and the switcher shows them all",
  "organization.losses": "a warning names every room",
  "home.show": "the sidebar shows all of the asker's rooms at once",
  "roomInvite.show": "it shows only the first members of a room",
  "person.show": "a card names only the first groups and rooms, and counts the rooms",
};

const shapeOf = (schema: z.ZodType) => ("shape" in schema ? (schema.shape as Record<string, z.ZodType>) : {});
const all = Object.entries(operations) as [OperationName, { http: string; input: z.ZodObject; output: z.ZodType }][];
const isPaged = (input: z.ZodObject) => shapeOf(input).after?.safeParse("abc").success === true;
const answersList = (output: z.ZodType) => Object.values(shapeOf(output)).some((part) => part.safeParse([]).success);

describe("Of all operations", () => {
  it("every one that reads a list has a cursor, or an entry in `withoutCursor`", () => {
    const reading = all.filter(([, { http, output }]) => http.startsWith("GET") && answersList(output));
    const unpaged = reading.filter(([, { input }]) => !isPaged(input)).map(([name]) => name);
    expect(unpaged.toSorted()).toEqual(Object.keys(withoutCursor).toSorted());
  });
  it("every one with a cursor is tested below, has a limit, and answers with the next cursor", () => {
    const paged = all.filter(([, { input }]) => isPaged(input));
    expect(paged.map(([name]) => name).toSorted()).toEqual(Object.keys(lists).toSorted());
    for (const [name, { input, output }] of paged) {
      expect(shapeOf(input).limit?.safeParse(1_000).success, name).toBe(false);
      expect(shapeOf(output).next?.safeParse(null).success, name).toBe(true);
    }
  });
});

type Row = { id?: string; room?: { id: string }; person?: { id: string } };
type Page = { ids: string[]; next: string | null };

async function pageOf(name: string, { asker, given }: List, more: object): Promise<Page> {
  const answer = (await as(asker).do(name as OperationName, { ...given, ...more })) as Record<string, unknown>;
  const rows = Object.values(answer).find((part) => Array.isArray(part)) as Row[];
  return {
    ids: rows.map(({ id, room, person }) => (id ?? room?.id ?? person?.id) as string),
    next: answer.next as string,
  };
}

async function everyId(name: string, list: List, more: object = {}): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const page = await pageOf(name, list, { ...more, limit: 100, ...(after && { after }) });
    ids.push(...page.ids);
    after = page.next;
  }
  return ids;
}

const nasty = [
  "tea",
  "Tea",
  "Téa",
  "Te\u0301a",
  "tea 2",
  "tea 10",
  "🎉 tea",
  "tea-time",
  "غرفة tea ٢",
  "Ætea",
  "ztea",
  "tae",
];
const aName = fc.constantFrom(...nasty);
const aStep = fc.record({
  limit: fc.integer({ min: 1, max: 4 }),
  removed: fc.nat({ max: 3 }),
  renamed: fc.nat({ max: 2 }),
  added: fc.array(aName, { maxLength: 2 }),
});
const aPlay = fc.record({
  names: fc.array(fc.tuple(aName, fc.boolean()), { minLength: 4, maxLength: 10 }),
  steps: fc.array(aStep, { minLength: 2, maxLength: 5 }),
});

describe.each(Object.entries(lists))("%s, page after page,", (name, make) => {
  const isFound = "query" in operations[name as OperationName].input.shape;
  const aQuery = isFound ? fc.constantFrom({}, { query: "tea" }, { query: "@t" }) : fc.constant({});

  it("shows every row that stays exactly once, whatever is added, removed or renamed", {
    timeout: 60_000,
  }, async () => {
    const play = fc.asyncProperty(aPlay, aQuery, async ({ names, steps }, query) => {
      const [list] = await make();
      const ids = await Promise.all(names.map(([each]) => list.add(each)));
      const staying = new Set(ids.filter((_, at) => names[at]?.[1]));
      const passing = ids.filter((id) => !staying.has(id));
      // The matching rows that are never removed.
      const expected = (await everyId(name, list, query)).filter((id) => staying.has(id));
      const seen: string[] = [];
      let after: string | null | undefined;
      for (let turn = 0; after !== null; turn++) {
        const step = steps[turn % steps.length] as (typeof steps)[number];
        const page = await pageOf(name, list, { ...query, limit: step.limit, ...(after && { after }) });
        expect(page.ids.length).toBeLessThanOrEqual(step.limit);
        seen.push(...page.ids);
        after = page.next;
        if (turn >= steps.length) continue;
        // Removes the row at the cursor, unless it has to stay.
        const last = passing.indexOf(page.ids.at(-1) ?? "");
        if (last >= 0) await list.remove(passing.splice(last, 1)[0] as string);
        for (const id of passing.splice(0, step.removed)) await list.remove(id);
        for (const id of passing.splice(0, step.renamed)) await list.rename?.(id, "zzz");
        passing.push(...(await Promise.all(step.added.map((each) => list.add(each)))));
      }
      expect(seen.filter((id) => staying.has(id))).toEqual(expected);
    });
    await fc.assert(play, { numRuns: isFound ? 6 : 3, endOnFailure: true });
  });

  it("has cursors that contain only what was shown, and that reveal nothing in another person's list", async () => {
    const [mine, theirs] = await make();
    await Promise.all([mine, theirs].flatMap((list) => nasty.map((each) => list.add(each))));
    const own = await everyId(name, mine);
    let compared = 0;
    for (let after: string | null | undefined; after !== null; ) {
      const page = await pageOf(name, theirs, { limit: 1, ...(after && { after }) });
      after = page.next;
      if (after === null) break;
      const place = JSON.parse(Buffer.from(after, "base64url").toString()) as string[];
      expect(place.pop()).toBe(page.ids[0]);
      expect(JSON.stringify(place)).not.toMatch(/[0-9a-f]{8}-/);
      // A cursor for an id that no row has, next to the id in `after`.
      const id = page.ids[0] as string;
      const beside = `${id.slice(0, -1)}${(Number.parseInt(id.slice(-1), 16) ^ 1).toString(16)}`;
      const nothing = Buffer.from(JSON.stringify([...place, beside])).toString("base64url");
      const answer = await pageOf(name, mine, { limit: 100, after });
      expect(answer).toEqual(await pageOf(name, mine, { limit: 100, after: nothing }));
      expect(own.slice(own.length - answer.ids.length)).toEqual(answer.ids);
      compared++;
    }
    expect(compared).toBeGreaterThan(5);
  });

  it("refuses a cursor that is not one of this kind of list", async () => {
    const [list] = await make();
    await list.add("tea");
    const ask = (after: string) => as(list.asker).send(name as OperationName, { ...list.given, after });
    const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const wrong = [
      "abc",
      uuidv7(),
      cursor(null),
      cursor([]),
      cursor([{ not: "" }, uuidv7()]),
      cursor(["\u0000", uuidv7()]),
    ];
    for (const after of [...wrong, cursor(["0000-01-01T00:00:00Z", "x"]), cursor([1, uuidv7(), 1, 1, 1])]) {
      expect(await ask(after)).toMatchObject({
        ok: false,
        error: { code: "invalid_input", fields: { after: expect.stringMatching(/place/) } },
      });
    }
  });
});
