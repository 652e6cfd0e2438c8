import { expect, test } from "vitest";
import { plain } from "./plain";

test("without the parser marks stay as they were typed, and lines stay lines", () => {
  expect(plain("**a**\n\nb")).toEqual({
    blocks: [
      {
        type: "paragraph",
        children: [
          { type: "text", text: "**a**" },
          { type: "break" },
          { type: "text", text: "" },
          { type: "break" },
          { type: "text", text: "b" },
        ],
      },
    ],
    big: false,
  });
});
