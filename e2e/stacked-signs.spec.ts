// Combining marks stacked on one letter draw far above and below it. They must not draw over other elements.
import type { Page } from "@playwright/test";
import { db } from "@/lib/server/db";
import { data } from "@/tests/harness/login";
import { fillRoom } from "@/tests/harness/rooms";
import { expect, test } from "./fixtures";
import { log, message, roomLink, roomPath, settled } from "./screen";
import { addRoom, makeTeam, programOf } from "./team";

const stack = (count: number) => "\u0301\u0308\u0316\u0323\u0302".repeat(count / 5);

/** Screenshots of the elements next to the tested text. */
async function neighbours(page: Page): Promise<Record<string, string>> {
  const picture = async (what: { screenshot(): Promise<Buffer> }) => (await what.screenshot()).toString("base64");
  const box = await log(page).boundingBox();
  if (!box) throw new Error("There is no log.");
  // Below the header, which the room's name and topic stand in.
  const clip = { x: box.x, y: box.y + 58, width: box.width, height: 240 };
  return {
    above: await picture(message(page, "Just above")),
    below: await picture(message(page, "Just below")),
    "under the header": await picture({ screenshot: () => page.screenshot({ clip }) }),
    "another room": await picture(roomLink(page, "harbor")),
    "a room below": await picture(roomLink(page, "zenith")),
    "another member": await picture(page.getByRole("complementary").getByRole("listitem").filter({ hasText: "Bo" })),
    "under the log": await picture(page.getByRole("button", { name: "Send" })),
  };
}

test("stacked combining marks stay in their own row, in messages, names, rooms and topics", async ({ enter }) => {
  const team = await makeTeam({ room: "mole" });
  const { ada, bo, room } = team;
  await addRoom(team, { name: "harbor" }, ada, bo);
  await addRoom(team, { name: "zenith" }, ada, bo);
  await fillRoom(room, bo, 40);
  const program = { ada: await programOf(ada), bo: await programOf(bo) };
  data(await program.bo.rest("message.send", { roomId: room.id, body: "Just above" }));
  const { id } = data(await program.ada.rest("message.send", { roomId: room.id, body: "it" }));
  data(await program.bo.rest("message.send", { roomId: room.id, body: "Just below" }));
  const page = await enter(bo, { at: `${roomPath(room)}?panel=members` });

  /** Puts it into every text of Ada's and the room's, and looks. */
  const withSigns = async (signs: string) => {
    // As they were before names with so many signs were refused.
    await db().person.update({ where: { id: ada.id }, data: { name: `A${signs}da` } });
    await db().room.update({ where: { id: room.id }, data: { name: `mo${signs}le`, topic: `to${signs}pic` } });
    await db().message.updateMany({
      where: { id },
      data: { body: `# i${signs}t\n\ni${signs}t \`i${signs}t\`\n> i${signs}t` },
    });
    await page.reload();
    await settled(page);
    await expect(message(page, "Just below")).toBeInViewport();
    const members = page.getByRole("complementary").getByRole("listitem");
    await expect(members).toHaveCount(2);
    await expect(members.filter({ hasText: "Bo" }), "the dots are drawn").toContainText("Active");
    await expect(page.getByRole("main").getByText(`to${signs}pic`)).toBeVisible();
    return neighbours(page);
  };

  const plain = await withSigns("");
  for (const count of [30, 100]) expect(await withSigns(stack(count)), `${count} signs`).toEqual(plain);

  // Proves that the screenshots would show a difference.
  await page.evaluate(() => {
    const open = new CSSStyleSheet();
    open.replaceSync("* { overflow: visible !important; content-visibility: visible !important }");
    document.adoptedStyleSheets = [open];
  });
  const drawn = await neighbours(page);
  for (const place of ["above", "below", "under the header"]) expect(drawn[place], place).not.toBe(plain[place]);
});
