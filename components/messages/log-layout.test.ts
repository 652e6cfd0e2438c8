import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Message } from "@/lib/contract/message";
import { indexOfKey, layOut, rowsBetween, chooseAnchor } from "./log-layout";
import type { LogRowItem } from "./log-rows";

const rowOf = (seq: number): LogRowItem =>
  seq % 10 === 0
    ? { type: "date", key: `date-${seq}`, day: "2026-01-01" }
    : {
        type: "message",
        key: `m${seq}`,
        grouped: seq % 3 === 0,
        unsent: null,
        message: { id: `m${seq}`, seq, body: "Hello", notice: null } as Message,
      };
const rowsFrom = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => rowOf(from + at));
const sizes = (rows: readonly LogRowItem[], size: (at: number) => number) =>
  new Map(rows.map((row, at) => [row.key, size(at)]));
const anything = () => true;

describe("the layout of a log", () => {
  it("has every row where the one before it ends", () => {
    const rows = rowsFrom(1, 5);
    const { starts } = layOut(
      rows,
      sizes(rows, (at) => 10 * (at + 1)),
      null,
      100,
    );
    expect(starts).toEqual([100, 110, 130, 160, 200]);
  });

  it("keeps the fixed row where it is, whatever is added above or changes its size", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 0, max: 50 }),
        fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 120, maxLength: 120 }),
        fc.integer({ min: 0, max: 3_000 }),
        (count, added, heights, top) => {
          const rows = rowsFrom(51, 51 + count);
          const before = layOut(
            rows,
            sizes(rows, (at) => heights[at] as number),
            null,
            0,
          );
          const fixed = chooseAnchor(before, [top, top + 600], anything);
          const more = rowsFrom(51 - added, 51 + count);
          const after = layOut(
            more,
            sizes(more, (at) => heights[119 - at] as number),
            fixed,
            0,
          );
          expect(after.starts[indexOfKey(after, fixed?.key ?? "")]).toBe(fixed?.start);
        },
      ),
    );
  });

  it("finds the rows that reach into a part", () => {
    const rows = rowsFrom(1, 9);
    const layout = layOut(
      rows,
      sizes(rows, () => 50),
      null,
      0,
    );
    expect(rowsBetween(layout, 0, 50)).toEqual([0, 0]);
    expect(rowsBetween(layout, 49, 51)).toEqual([0, 1]);
    expect(rowsBetween(layout, 120, 260)).toEqual([2, 5]);
    expect(rowsBetween(layout, -500, 10_000)).toEqual([0, 7]);
    expect(rowsBetween(layOut([], new Map(), null, 0), 0, 100)).toBeNull();
  });
});

describe("the row that stays where it is", () => {
  const rows = rowsFrom(1, 30);
  const layout = layOut(
    rows,
    sizes(rows, () => 50),
    null,
    0,
  );
  const keyAt = (top: number, exists: (key: string) => boolean = anything) =>
    chooseAnchor(layout, [top, top + 200], exists)?.key;

  it("is the first message that begins in the visible part", () => {
    expect(keyAt(120)).toBe("m4");
    expect(keyAt(150)).toBe("m4");
  });

  it("is neither a date nor the first loaded message while another message is visible", () => {
    expect(keyAt(440)).toBe("m11");
    expect(keyAt(0)).toBe("m2");
  });

  it("is the next one that remains when it is removed", () => {
    expect(keyAt(120, (key) => key !== "m4")).toBe("m5");
    expect(keyAt(120, (key) => key === "m29")).toBe("m29");
    expect(keyAt(1_200, (key) => key === "m2")).toBe("m2");
    expect(keyAt(120, () => false)).toBeUndefined();
  });

  it("is the row that fills the visible part if none begins in it", () => {
    const tall = layOut(
      rows,
      sizes(rows, (at) => (at === 5 ? 2_000 : 50)),
      null,
      0,
    );
    expect(chooseAnchor(tall, [1_000, 1_600], anything)?.key).toBe("m6");
  });
});
