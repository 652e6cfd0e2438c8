import { uuidv7 } from "uuidv7";
import { afterEach, expect, it, vi } from "vitest";
import { NewId } from "@/lib/contract/operation";
import { newId } from "./new-id";

afterEach(() => {
  vi.useRealTimers();
});

it("makes ids that the server accepts for something new, each of them once", () => {
  const ids = Array.from({ length: 1_000 }, () => newId());
  expect(ids.map((id) => NewId.parse(id))).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

it("begins an id with the time, as the server does", () => {
  vi.useFakeTimers({ now: new Date("2102-03-04T05:06:07.089Z") });
  expect(newId().slice(0, 13)).toBe(uuidv7().slice(0, 13));
});

it("sorts ids by their times", () => {
  const ids = [0, 1, 0xffff, 0x10000, 0xffffffff, 2 ** 40, 2 ** 48 - 1].map((atMs) => newId(atMs));
  expect(ids.toSorted()).toEqual(ids);
});
