import { expect, test } from "vitest";
import type { Parley } from "@/lib/client/parley";
import { isListed, roomListItem } from "@/lib/client/room-list";
import { needsHome } from "@/lib/client/stores/rooms";
import { openTab, serverView, tabView, until } from "./harness/client";
import { data, type Login, newcomer } from "./harness/login";
import { joinAs, makeOrganization, makeRoom } from "./harness/people";
import { sharedServer } from "./harness/shared-server";

const server = sharedServer();

/** What a tab, or the server, says is unread, and was said last, by room. */
const shownOf = ({ rooms }: ReturnType<typeof tabView>) =>
  Object.fromEntries(Object.entries(rooms).map(([id, { unread, lastMessage }]) => [id, [unread, lastMessage?.id]]));

async function expectLikeServer(tabs: Parley[], login: Login): Promise<void> {
  const expected = shownOf(await serverView(login));
  for (const tab of tabs) {
    await until(tab.stores.rooms, "what the server has", (state) => !needsHome(state));
    await expect.poll(() => shownOf(tabView(tab))).toEqual(expected);
  }
}

test("A block and its end reach all devices of the blocker at once, and no one else, and all show what the server has", async () => {
  const organization = await makeOrganization();
  const [ann, pat, cy] = [
    await newcomer(server, organization, { name: "Ann" }),
    await newcomer(server, organization, { name: "Pat" }),
    await newcomer(server, organization, { name: "Cy" }),
  ];
  const room = await makeRoom(organization);
  await joinAs("member", room, ann, pat, cy);
  const tabs = [await openTab(ann.login), await openTab(ann.login)];
  const [atPat, atCy] = [await pat.login.listen(), await cy.login.listen()];
  // One tab has the log loaded, the other knows only how much is unread.
  tabs[0]?.log.open(room.id);
  const say = async (who: typeof pat, roomId = room.id) =>
    data(await who.login.rest("message.send", { roomId, body: `${who.name} says` }));
  const unread = (tab: Parley) => tab.stores.rooms.getState().rooms.get(room.id)?.unread.seqs.size;
  const allHave = (count: number) =>
    Promise.all(tabs.map((tab) => until(tab.stores.rooms, `${count} unread`, () => unread(tab) === count)));

  await say(pat);
  const { id: cysId } = await say(cy);
  await say(pat);
  await allHave(3);

  data(await ann.login.rest("block.add", { personId: pat.id }));
  await allHave(1);
  await expectLikeServer(tabs, ann.login);
  for (const tab of tabs) {
    expect(tab.stores.rooms.getState().rooms.get(room.id)?.lastMessage?.id).toBe(cysId);
    expect([...tab.stores.rooms.getState().blocked.ids]).toEqual([pat.id]);
  }

  // What Pat does meanwhile.
  await say(pat);
  const direct = data(await pat.login.rest("direct.open", { personIds: [ann.id] }));
  await say(pat, direct.room.id);
  await atPat.until("their own messages", () => atPat.rows(direct.room.id).length === 1);
  const stateOf = (tab: Parley) => tab.stores.rooms.getState().rooms.get(direct.room.id);
  for (const tab of tabs) {
    await until(tab.stores.rooms, "the conversation", () => (stateOf(tab)?.clock ?? 0) > 1);
    const state = stateOf(tab);
    expect(state && isListed(roomListItem(state))).toBe(false);
    expect(unread(tab)).toBe(1);
  }
  await expectLikeServer(tabs, ann.login);
  const { blocked } = data(await ann.login.rest("block.list", {}));
  expect(blocked).toMatchObject([{ person: { id: pat.id }, directRooms: [{ id: direct.room.id }], invites: [] }]);

  data(await ann.login.rest("block.remove", { personId: pat.id }));
  await allHave(4);
  await expectLikeServer(tabs, ann.login);
  for (const tab of tabs) {
    const state = stateOf(tab);
    expect(state && isListed(roomListItem(state))).toBe(true);
  }
  // Pat heard of the conversation, Cy of nothing of their own.
  expect(atPat.heard.me.flatMap(({ changes }) => changes.map(({ type }) => type))).toEqual(["entry"]);
  expect(atCy.heard.me).toEqual([]);
  for (const tab of tabs) tab.stop();
  for (const each of [atPat, atCy]) each.close();
});
