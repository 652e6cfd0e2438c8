// Threads by the names that everybody hears, and a team with one.
import { expect, type Locator, type Page } from "@playwright/test";
import { data } from "@/tests/harness/login";
import type { TestPerson } from "@/tests/harness/people";
import { roomList } from "./screen";
import { makeTeam, programOf, type Team } from "./team";

export const panel = (page: Page): Locator => page.getByRole("complementary", { name: "Thread" });
export const replies = (page: Page): Locator => panel(page).getByRole("log").getByRole("article");
export const field = (page: Page): Locator => panel(page).getByRole("textbox", { name: "Reply" });
export const roomLog = (page: Page): Locator => page.getByRole("log", { name: "Messages in #lighthouse" });
export const threadsLink = (page: Page): Locator => roomList(page).getByRole("link", { name: /^Threads/ });
/** Writes and sends a reply. */
export const reply = async (page: Page, text: string) => {
  await field(page).fill(text);
  await field(page).press("Enter");
  await expect(field(page)).toHaveValue("");
};

/** A team, and a message of Ada with a reply of Bo. */
export async function makeThread(): Promise<
  Team & { threadId: string; replyAs: (who: TestPerson, body: string) => Promise<string> }
> {
  const team = await makeTeam();
  const { ada, bo, room } = team;
  const program = await programOf(ada);
  const { id: threadId } = data(await program.rest("message.send", { roomId: room.id, body: "The lamp is out" }));
  const replyAs = async (who: TestPerson, body: string) =>
    data(await (await programOf(who)).rest("message.send", { roomId: room.id, threadId, body })).id;
  await replyAs(bo, "Which one?");
  return { ...team, threadId, replyAs };
}
