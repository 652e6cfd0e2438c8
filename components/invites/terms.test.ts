import { expect, it } from "vitest";
import { createFormats } from "@/lib/client/date-formats";
import { toChosenTerms, readTerms, termsInWords, defaultTerms } from "./terms";

const now = { date: new Date("2026-11-28T10:00:00Z"), formats: createFormats() };

it("What a link allows is said in words", () => {
  expect(termsInWords({ maxUses: 10, expiresAt: "2026-12-05T10:00:00Z" }, now)).toBe("10 people, expires in 7 days");
  expect(termsInWords({ maxUses: 1, expiresAt: null }, now)).toBe("1 person, never expires");
  expect(termsInWords({ maxUses: null, expiresAt: "2026-11-28T11:00:00Z" }, now)).toBe(
    "Any number of people, expires in 1 hour",
  );
});

it("What is chosen is what is asked for, and nothing is no end", () => {
  expect(readTerms("10", "604800")).toEqual(defaultTerms);
  expect(readTerms("0", "0")).toEqual({ maxUses: null, expiresInSeconds: null });
});

it("What was chosen for a link is found again", () => {
  const createdAt = "2026-11-28T10:00:00.020Z";
  expect(toChosenTerms({ maxUses: 25, expiresAt: "2026-12-05T10:00:00.000Z", createdAt })).toEqual({
    uses: "25",
    life: "604800",
  });
  expect(toChosenTerms({ maxUses: null, expiresAt: null, createdAt })).toEqual({ uses: "0", life: "0" });
});
