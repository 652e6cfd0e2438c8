// The one line outside the log says what the log shows.
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { parse } from "@/lib/contract/markdown/parse";
import { plainText } from "@/lib/contract/markdown/plain-text";
import { examples } from "@/lib/contract/markdown/dialect-examples";
import { randomText } from "@/lib/contract/markdown/random-text";
import { MessageBody } from "./message-body";
import { Parser } from "./parser";

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'" };

/** What is read of a message in the log: its text, without spoilers, buttons and the line above code. */
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

// Between two blocks the page has no space, and the line one.
const signs = (text: string) => text.replace(/\s+/gu, "");
const agree = (body: string) => {
  const line = plainText(parse(body), Number.POSITIVE_INFINITY);
  if (signs(line) !== signs(shown(body))) expect(line, JSON.stringify(body)).toBe(shown(body));
  expect(line).not.toMatch(/\n|\s{2}/);
};

test.each(examples)("The line says what the log shows of %j", (typed) => agree(typed));

test("The line says what the log shows of 1,000 random texts", { timeout: 60_000 }, () => {
  for (let seed = 1; seed <= 1_000; seed++) agree(randomText(seed));
});
