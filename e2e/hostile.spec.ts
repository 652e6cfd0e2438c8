import type { Page } from "@playwright/test";
import { uuidv7 } from "uuidv7";
import { db } from "@/lib/server/db";
import { hashToken, newToken } from "@/lib/server/secret";
import { pathsOf } from "@/lib/contract/paths";
import { data } from "@/tests/harness/login";
import { makePerson } from "@/tests/harness/people";
import { expect, test } from "./fixtures";
import { composer, log, message, roomLink, roomList, roomPath, settled } from "./screen";
import { addRoom, makeTeam, programOf, theServer } from "./team";

const run = "window.hacked()";
const image = `<img src=x onerror=${run}>`;
const attempts = [
  `<script>${run}</script>`,
  image,
  `<svg onload=${run}></svg>`,
  `<iframe srcdoc="<script>parent.hacked()</script>"></iframe>`,
  `<details open ontoggle=${run}>open</details>`,
  `"><input autofocus onfocus=${run}>`,
  `</textarea><script>${run}</script>`,
  `<style>@import "https://evil.example/x.css"</style>`,
  `<a href="javascript:${run}">here</a>`,
  `<form action="https://evil.example"><button>send</button></form>`,
  `[here](javascript:${run})`,
  `[here](&#106;avascript:${run})`,
  `[here](JaVaScRiPt:${run})`,
  `[here](data:text/html,<script>${run}</script>)`,
  `[here](vbscript:${run})`,
  `<javascript:${run}>`,
  `[here][x]\n\n[x]: javascript:${run}`,
  `[here](https://ok.example "onmouseover=${run}")`,
  `![a picture](https://evil.example/x.png)`,
  `\`\`\`"><img src=x onerror=${run}>\n${image}\n\`\`\``,
  `\`${image}\``,
  `||${image}||`,
  `> ${image}`,
  `| ${image} |\n| --- |\n| ${image} |`,
  `# ${image}`,
  `- [x] ${image}`,
  `{{constructor.constructor('${run}')()}}`,
];

/** Watches for scripts, dialogs, windows and requests to other servers. Policy violations are console errors and fail anyway. */
async function watch(page: Page): Promise<string[]> {
  const seen: string[] = [];
  const own = new URL(theServer().url).host;
  await page.exposeFunction("hacked", () => void seen.push("hacked() was called"));
  page.on("dialog", (dialog) => {
    seen.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("popup", (popup) => seen.push(`a window: ${popup.url()}`));
  page.on("request", (request) => {
    const { host, protocol } = new URL(request.url());
    if (protocol.startsWith("http") && host !== own) seen.push(`a request: ${request.url()}`);
  });
  return seen;
}

/** Checks that the watch catches what it should. */
async function proveWatch(page: Page, seen: string[]): Promise<void> {
  await page.evaluate(() => (globalThis as unknown as { hacked(): Promise<void> }).hacked());
  expect(seen).toEqual(["hacked() was called"]);
  seen.length = 0;
}

test("no message runs a script, new or edited", async ({ enter }) => {
  const { ada, bo, room } = await makeTeam();
  const b = await enter(bo, { at: roomPath(room) });
  const seen = await watch(b);
  await proveWatch(b, seen);
  const program = await programOf(ada);
  for (const [at, body] of attempts.entries()) {
    const { id } = data(await program.rest("message.send", { roomId: room.id, body }));
    if (at % 3 === 0) data(await program.rest("message.edit", { messageId: id, body: `edited ${body}` }));
  }
  data(await program.rest("message.send", { roomId: room.id, body: "The last of them" }));
  await expect(message(b, "The last of them")).toBeVisible();
  // Mark everything as read, so that the room opens at its end again.
  await expect(roomLink(b, "lighthouse")).not.toContainText("unread");
  await log(b).evaluate((element) => element.scrollTo(0, 0));
  await expect(message(b, `edited <script>${run}</script>`), "raw HTML is shown as text").toBeVisible();
  const protocols = await log(b)
    .getByRole("link")
    .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).protocol));
  expect(protocols.length).toBeGreaterThan(0);
  expect(protocols.filter((protocol) => !/^(https?|mailto):$/.test(protocol))).toEqual([]);
  await b.reload();
  await expect(message(b, "The last of them")).toBeVisible();
  await expect(log(b).getByRole("img", { name: "a picture" }), "pictures from elsewhere are not fetched").toHaveCount(
    0,
  );
  expect(seen).toEqual([]);
});

test("what is said in a thread, and its title, run no script", async ({ enter }) => {
  const { ada, bo, room, organization } = await makeTeam();
  const [asAda, asBo] = [await programOf(ada), await programOf(bo)];
  const { id: threadId } = data(await asAda.rest("message.send", { roomId: room.id, body: "The first" }));
  data(await asBo.rest("message.send", { roomId: room.id, threadId, body: "The next" }));
  const b = await enter(bo, { at: pathsOf(organization.handle).thread(room.id, threadId) });
  const seen = await watch(b);
  await proveWatch(b, seen);
  const panel = b.getByRole("complementary", { name: "Thread" });
  await expect(panel.getByText("The next")).toBeVisible();
  for (const body of attempts) {
    data(await asAda.rest("message.send", { roomId: room.id, threadId, body }));
    // Some are refused as a title.
    await asAda.rest("thread.setTitle", { threadId, title: body.slice(0, 100) });
  }
  const title = `<img src=x onerror=${run}>`.slice(0, 100);
  data(await asAda.rest("thread.setTitle", { threadId, title }));
  data(await asAda.rest("message.send", { roomId: room.id, threadId, body: "The last of them" }));
  await expect(panel.getByText("The last of them", { exact: true })).toBeVisible();
  await expect(panel.getByRole("heading", { name: title })).toBeVisible();
  await expect(b.getByRole("navigation", { name: "Rooms" }).getByRole("link", { name: title })).toBeVisible();
  expect(seen).toEqual([]);
});

test("what is quoted, pinned, linked or being answered runs no script", async ({ enter }) => {
  const { ada, bo, room, organization } = await makeTeam();
  const program = await programOf(ada);
  const paths = pathsOf(organization.handle);
  const send = async (body: string, replyToId?: string) =>
    data(await program.rest("message.send", { roomId: room.id, body, ...(replyToId && { replyToId }) })).id;
  for (const [at, body] of attempts.entries()) {
    const id = await send(body);
    if (at < 20) data(await program.rest("pin.add", { messageId: id }));
    await send(`Reply ${at} ${theServer().url}${paths.message(id)}`, id);
  }
  const b = await enter(bo, { at: "about:blank" });
  const seen = await watch(b);
  await proveWatch(b, seen);
  await b.goto(paths.room(room.id, "pins"));
  await expect(b.getByRole("list", { name: "Pinned messages" }).getByRole("listitem")).not.toHaveCount(0);
  const last = message(b, `Reply ${attempts.length - 1} `);
  await expect(last.getByRole("button", { name: /In reply to/ })).toBeVisible();
  await expect(last.getByRole("button", { name: /Linked message/ })).toBeVisible();
  await last.hover();
  await last.getByRole("button", { name: "Reply", exact: true }).click();
  await expect(b.getByRole("group", { name: "Reply", exact: true })).toBeVisible();
  await log(b).evaluate((element) => element.scrollTo(0, 0));
  await expect(
    log(b)
      .getByRole("button", { name: /In reply to/ })
      .first(),
  ).toBeVisible();
  expect(seen).toEqual([]);
});

test("an own message runs no script either, before and after it is sent", async ({ enter }) => {
  const { ada, room } = await makeTeam();
  const a = await enter(ada, { at: roomPath(room) });
  const seen = await watch(a);
  for (const body of attempts.slice(0, 12)) {
    await composer(a).fill(body);
    await composer(a).press("Enter");
  }
  await composer(a).fill(image);
  await expect(message(a, `[here](JaVaScRiPt`).or(message(a, "here")).last()).toBeVisible();
  await a.reload();
  await expect(composer(a)).toHaveValue(image);
  expect(seen).toEqual([]);
});

test("names, topics and descriptions run no script wherever they are shown", async ({ enter, visit }) => {
  const { id: organizationId, handle } = (await makeTeam()).organization;
  await db().organization.update({ where: { id: organizationId }, data: { name: image } });
  const organization = { id: organizationId, handle, name: image };
  const [ada, bo] = await Promise.all([
    makePerson(organization, { name: `${image} A`, role: "owner" }),
    makePerson(organization, { name: `<svg onload=${run}> B` }),
  ]);
  const room = await addRoom({ organization }, { name: image }, ada, bo);
  await db().room.update({
    where: { id: room.id },
    data: { topic: image, description: `${image} [x](javascript:${run})` },
  });
  const other = await addRoom({ organization }, { name: `<svg onload=${run}>` }, ada, bo);
  const program = await programOf(bo);
  for (const roomId of [room.id, other.id]) data(await program.rest("message.send", { roomId, body: image }));
  const token = newToken();
  const inviteId = uuidv7();
  await db().invite.create({ data: { id: inviteId, organizationId, tokenHash: hashToken(token), creatorId: ada.id } });
  await db().inviteRoom.create({ data: { organizationId, inviteId, roomId: room.id } });

  const a = await enter(ada, { at: "about:blank" });
  const seen = await watch(a);
  await a.goto(`${roomPath(room)}?panel=details`);
  await settled(a);
  await expect(a).toHaveTitle(new RegExp("#<img src=x"));
  await expect(a.getByRole("complementary")).toContainText(image);
  await a.getByRole("radio", { name: "Members" }).click();
  await expect(a.getByRole("complementary").getByRole("listitem")).toHaveCount(2);
  const row = a.getByRole("complementary").getByRole("listitem").filter({ hasText: "B" });
  await row.hover();
  await row.getByRole("button", { name: /^Actions for/ }).click();
  await a.getByRole("menuitem", { name: "Remove from room" }).click();
  await expect(a.getByRole("alertdialog")).toContainText(image);
  await a.getByRole("button", { name: "Cancel" }).click();
  await expect(a.getByRole("alertdialog")).toHaveCount(0);
  await a.keyboard.press("Control+k");
  await a.getByRole("combobox").fill("svg");
  await expect(a.getByRole("option", { selected: true })).toContainText("<svg onload");
  await a.keyboard.press("Enter");
  await expect(a.getByRole("main").getByRole("heading", { level: 1 })).toContainText("<svg onload");
  await a.getByRole("main").getByRole("button", { name: "More" }).click();
  await a.getByRole("menuitem", { name: "Leave room" }).click();
  await expect(a.getByRole("alertdialog")).toContainText(`Leave #<svg onload=${run}>?`);
  await a.getByRole("alertdialog").getByRole("button", { name: "Leave room" }).click();
  await expect(a.getByText(`You left #<svg onload=${run}>`)).toBeVisible();
  await roomList(a).getByRole("link", { name: "Browse rooms" }).click();
  await expect(a.getByRole("main").getByRole("link", { name: image })).toBeVisible();
  await a.goto("/settings/people");
  await expect(a.getByRole("table")).toContainText(`${image} A`);
  await a.goto("/settings/invites");
  await expect(a.getByRole("table")).toContainText(image);

  const stranger = await visit({ at: "about:blank" });
  const elsewhere = await watch(stranger);
  await stranger.goto(`/join/${token}`);
  await expect(stranger.getByRole("heading", { name: `Join ${image}` })).toBeVisible();
  await expect(stranger.getByRole("listitem")).toHaveText([image]);
  expect([...seen, ...elsewhere]).toEqual([]);
});

test("reversed text affects only itself, and a link shows where it leads", async ({ enter }) => {
  const { ada, bo, room } = await makeTeam();
  const b = await enter(bo, { at: roomPath(room) });
  const program = await programOf(ada);
  data(await program.rest("message.send", { roomId: room.id, body: "see \u202egpj.exe and \u2067more" }));
  data(
    await program.rest("message.send", {
      roomId: room.id,
      body: "[https://bank.example/login](https://evil.example/login)",
    }),
  );
  await expect(message(b, "bank.example")).toContainText("(evil.example)");
  const pretender = log(b).getByRole("link", { name: "https://bank.example/login (evil.example)" });
  await expect(pretender).toHaveAttribute("title", "evil.example");
  data(
    await program.rest("message.send", { roomId: room.id, body: "[our docs](https://docs.example) https://аpple.com" }),
  );
  await expect(log(b).getByRole("link", { name: "our docs", exact: true })).toHaveAttribute("title", "docs.example");
  await expect(message(b, "our docs")).toContainText("https://аpple.com (xn--pple-43d.com)");
  const turned = message(b, "gpj.exe");
  const [name, time] = await Promise.all([
    turned.getByText("Ada Lovelace", { exact: true }).boundingBox(),
    turned.getByRole("time").first().boundingBox(),
  ]);
  expect(time?.x ?? 0, "the time stands behind the name").toBeGreaterThan(name?.x ?? Infinity);
  const left = async (text: string) => (await message(b, text).getByRole("paragraph").boundingBox())?.x;
  expect(await left("gpj.exe")).toBe(await left("bank.example"));
});

test("a name with direction controls is refused at the field", async ({ enter }) => {
  const { ada, room } = await makeTeam();
  const a = await enter(ada, { at: roomPath(room) });
  await a.keyboard.press("Control+k");
  await a.getByRole("combobox").fill("new room");
  await a.keyboard.press("Enter");
  const name = a.getByRole("dialog", { name: "New room" }).getByRole("textbox", { name: "Name" });
  await name.fill("finance\u202etxt.exe");
  await name.press("Enter");
  await expect(name).toHaveAccessibleDescription("This contains characters that can't be shown.");
  await expect(roomLink(a, "finance")).toHaveCount(0);
});

// highlight.js needs some 17 s for this as Markdown.
const freezing = `\`\`\`md\n${"[a](".repeat(3990)}\n\`\`\``;

/** Measures from now on the longest time the page was blocked, in ms. */
async function watchFreezes(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const seen = globalThis as unknown as { longestFreeze: number };
    seen.longestFreeze = 0;
    let last = performance.now();
    setInterval(() => {
      const now = performance.now();
      seen.longestFreeze = Math.max(seen.longestFreeze, now - last);
      last = now;
    }, 20);
  });
  return () => page.evaluate(() => (globalThis as unknown as { longestFreeze: number }).longestFreeze);
}

test("code that takes too long to highlight does not block the page and stays in one colour, and other code is highlighted", async ({
  enter,
}) => {
  const { ada, bo, room } = await makeTeam();
  const b = await enter(bo, { at: roomPath(room) });
  const longestFreeze = await watchFreezes(b);
  const program = await programOf(ada);
  for (const body of [freezing, freezing, "ش".repeat(16_000), freezing, freezing])
    data(await program.rest("message.send", { roomId: room.id, body }));
  data(await program.rest("message.send", { roomId: room.id, body: "```ts\nconst honest = 1;\n```" }));
  await expect(message(b, "honest")).toBeVisible();
  await composer(b).pressSequentially("Still here");
  await expect(composer(b)).toHaveValue("Still here");
  // Highlighted code has an element per word. Other code is one text.
  await expect(message(b, "honest").getByText("const", { exact: true }), "what is honest is coloured").toBeVisible();
  const hostile = message(b, "[a](").getByRole("code");
  await expect(hostile.first()).toHaveText("[a](".repeat(3990));
  expect(await hostile.evaluateAll((found) => found.map((code) => code.childElementCount))).toEqual([0, 0, 0, 0]);
  expect(await longestFreeze(), "milliseconds without an answer").toBeLessThan(5_000);
});
