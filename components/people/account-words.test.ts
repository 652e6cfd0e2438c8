import { expect, test } from "vitest";
import { presenceNames } from "@/components/ui/presence";
import { accountWords } from "./account-words";

test("no word means both that somebody has access and that somebody is here", () => {
  const here = Object.values(presenceNames).map((word) => word.toLowerCase());
  for (const word of Object.values(accountWords)) expect(here).not.toContain(word.toLowerCase());
});
