import { expect, it } from "vitest";
import { Bucket } from "./bucket";

it("gives its burst at once, and after that so many a second", () => {
  let time = 0;
  const bucket = new Bucket({ burst: 3, perSecond: 10 }, () => time);
  for (let n = 0; n < 3; n++) {
    expect(bucket.waitFor(1)).toBe(0);
    bucket.take(1);
  }
  expect(bucket.waitFor(1)).toBe(100);
  expect(bucket.waitFor(2)).toBe(200);
  time = 100;
  expect(bucket.waitFor(1)).toBe(0);
  expect(bucket.isFull()).toBe(false);
  time = 1_000;
  expect(bucket.isFull()).toBe(true);
});

it("lets through what is larger than its burst when it is full, and takes as long to fill again", () => {
  let time = 0;
  const bucket = new Bucket({ burst: 3, perSecond: 10 }, () => time);
  expect(bucket.waitFor(9)).toBe(0);
  bucket.take(9);
  expect(bucket.waitFor(1)).toBe(700);
  time = 700;
  expect(bucket.waitFor(1)).toBe(0);
});
