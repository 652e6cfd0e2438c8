// Checks that the one-line text used outside the log has the same characters as the log.
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { parse } from "@/lib/contract/markdown/parse";
import { plainText } from "@/lib/contract/markdown/plain-text";
import { examples } from "@/lib/contract/markdown/dialect-examples";
import { randomText } from "@/lib/contract/markdown/random-text";
import { MessageBody } from "./message-body";
import { Parser } from "./parser";

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'" };

/** The text of a message as the log shows it, without spoilers, buttons and the bar above code. */
function shown(body: string): string {
  const html = renderToStaticMarkup(
    <Parser value={parse}>
      <MessageBody body={body} />
    </Parser>,
  );
  return html
    .replace(/<button[^>]*aria-label="Show spoiler".*?<\/button>/gs, "(spoiler)")
    .replace(/<div data-above-code.*?<\/div>/gs, "")
    .replace(/<svg[^>]*aria-label="(Done|To do)".*?<\/svg>/gs, (_, done) => (done === "Done" ? "☑" : "☐"))
    .replace(/<[^>]*>/g, "")
    .replace(/&([^;]+);/g, (_, name: string) => entities[name] ?? expect.unreachable(name));
}

// The one-line text has a space between two blocks. The log has none.
const withoutSpaces = (text: string) => text.replace(/\s+/gu, "");
const expectSameText = (body: string) => {
  const line = plainText(parse(body), Number.POSITIVE_INFINITY);
  if (withoutSpaces(line) !== withoutSpaces(shown(body))) expect(line, JSON.stringify(body)).toBe(shown(body));
  expect(line).not.toMatch(/\n|\s{2}/);
};

test.each(examples)("The one-line text agrees with the log for %j", (typed) => expectSameText(typed));

test("The one-line text agrees with the log for 1,000 random texts", { timeout: 60_000 }, () => {
  for (let seed = 1; seed <= 1_000; seed++) expectSameText(randomText(seed));
});
