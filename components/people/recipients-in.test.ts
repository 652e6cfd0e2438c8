import { expect, it } from "vitest";
import { pathsOf } from "@/lib/contract/paths";
import { recipientsIn } from "./recipients-in";

const id = (n: number) => `0193abcd-0000-7000-8000-00000000000${n}`;
const { newMessage, newMessageTo } = pathsOf("larkfield");
const read = (path: string) => recipientsIn(new URL(path, "http://parley.test").searchParams, id(0));

it("The people in the address are those for whom it was made", () => {
  expect(read(newMessageTo([id(1), id(2)]))).toEqual({ ids: [id(1), id(2)], adding: 0 });
  expect(read(newMessageTo([id(1), id(2)], 2))).toEqual({ ids: [id(1), id(2)], adding: 2 });
  expect(read(newMessageTo([], 2))).toEqual({ ids: [], adding: 2 });
  expect(newMessageTo([])).toBe(newMessage);
  expect(read(newMessage)).toEqual({ ids: [], adding: 0 });
});

it("What is not a person, oneself, repetitions and more than eight people are left out", () => {
  expect(read(`/new-message?to=${id(0)},${id(1)},x,,${id(1)}&adding=many`)).toEqual({ ids: [id(1)], adding: 0 });
  const nine = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(id);
  expect(read(newMessageTo(nine)).ids).toEqual(nine.slice(0, 8));
});
