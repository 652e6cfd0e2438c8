import { expect, it } from "vitest";
import { csvLine } from "./csv";

it("Every cell is quoted, and quotes are doubled", () => {
  expect(csvLine(["a", 'say "hi"', "two\nlines, one cell", ""])).toBe('"a","say ""hi""","two\nlines, one cell",""\r\n');
});

it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])("A cell that a spreadsheet would run is text: %j", (cell) => {
  expect(csvLine([cell])).toBe(`"'${cell}"\r\n`);
});
