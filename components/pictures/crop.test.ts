import { describe, expect, it } from "vitest";
import { changeCrop, maxZoom, squareOf, wholeCrop } from "./crop";

const wide = { width: 400, height: 200 };

describe("the square that is kept of a picture", () => {
  it("is at first the largest one in the middle", () => {
    expect(squareOf(wide, wholeCrop)).toEqual({ left: 100, top: 0, side: 200 });
    expect(squareOf({ width: 200, height: 400 }, wholeCrop)).toEqual({ left: 0, top: 100, side: 200 });
  });

  it("moves by shares of its own side", () => {
    expect(squareOf(wide, changeCrop(wide, wholeCrop, { dx: 0.25 }))).toEqual({ left: 150, top: 0, side: 200 });
    const close = changeCrop(wide, wholeCrop, { zoom: 2 });
    expect(squareOf(wide, close)).toEqual({ left: 150, top: 50, side: 100 });
    expect(squareOf(wide, changeCrop(wide, close, { dx: -0.5, dy: 0.25 }))).toEqual({ left: 100, top: 75, side: 100 });
  });

  it.each([
    [{ dx: 9 }, { left: 200, top: 0, side: 200 }],
    [
      { dx: -9, dy: -9 },
      { left: 0, top: 0, side: 200 },
    ],
    [
      { zoom: 99, dx: 9, dy: 9 },
      { left: 350, top: 150, side: 200 / maxZoom },
    ],
    [{ zoom: 0 }, { left: 100, top: 0, side: 200 }],
  ])("never leaves the picture: %j", (change, square) => {
    expect(squareOf(wide, changeCrop(wide, wholeCrop, change))).toEqual(square);
  });

  it("moves inside again if it is zoomed out at an edge", () => {
    const atCorner = changeCrop(wide, changeCrop(wide, wholeCrop, { zoom: 4 }), { dx: 9, dy: 9 });
    expect(squareOf(wide, changeCrop(wide, atCorner, { zoom: 1 }))).toEqual({ left: 200, top: 0, side: 200 });
  });
});
