import { createDraftCopies, parseOthers } from "@/lib/client/draft-copies";
import { othersPlace } from "@/lib/client/draft-places";
import { type Action, ask, inTab, roomsOf } from "./action";
import { pick, type Run, usableTabs } from "./run-state";
import type { Tab } from "./tab";

/** A few rooms, so that a person's devices often write in the same one. */
const roomOf = (tab: Tab, die: number | undefined): string | undefined =>
  pick(
    roomsOf(tab)
      .map(({ roomId }) => roomId)
      .toSorted()
      .slice(0, 3),
    die,
  );

/** Types another text over the one that the tab shows. */
function type({ journal, counter }: Run, { name, parley, browser }: Tab, roomId: string): void {
  if (!parley) return;
  const [personId, over, text] = [browser.person.id, parley.texts.read(roomId), `draft ${counter}`];
  journal.drafts.push({ personId, roomId, text, over });
  journal.note(`${name}: types "${text}" over "${over}" in ${roomId}`);
  parley.texts.write(roomId, text);
}

/** Types in two browsers of one person before either hears of the other, and saves both at once. */
function typeTwice(run: Run, tab: Tab, die: number | undefined): unknown {
  const { person } = tab.browser;
  const other = usableTabs(run).find(({ browser }) => browser.person === person && browser !== tab.browser);
  const roomId = roomOf(tab, die);
  if (!other || !roomId) return null;
  return Promise.all(
    [tab, other].map((each) => {
      run.counter++;
      type(run, each, roomId);
      return each.parley?.drafts.save() ?? Promise.resolve(false);
    }),
  );
}

/** Actions on drafts. Several tabs and browsers of a person often write in the same room. */
export const draftActions: Action[] = [
  {
    name: "type a draft",
    weight: 8,
    act: inTab((run, tab, [die]) => {
      const roomId = roomOf(tab, die);
      run.counter++;
      if (roomId) type(run, tab, roomId);
    }),
  },
  { name: "type a draft in two browsers", weight: 4, act: inTab((run, tab, [die]) => typeTwice(run, tab, die)) },
  {
    name: "hide a page",
    weight: 2,
    act: inTab((_run, tab) => tab.parley?.drafts.save(true)),
  },
  {
    name: "send a draft",
    weight: 3,
    act: inTab((_run, tab, [die]) => {
      const roomId = roomOf(tab, die);
      const body = roomId && tab.parley?.texts.read(roomId);
      if (roomId && body) tab.sendDraft(roomId, body);
    }),
  },
  {
    name: "delete a draft",
    weight: 1,
    act: inTab(async (run, tab, [die]) => {
      const { parley } = tab;
      const roomId = roomOf(tab, die);
      if (!parley || !roomId) return;
      const { remove } = await parley.drafts.load();
      const seen = [parley.texts.read(roomId), parley.stores.rooms.getState().drafts.get(roomId)?.text ?? ""];
      run.journal.deletedTexts.push(...seen);
      await ask(run, "delete a draft", remove(roomId));
    }),
  },
  {
    name: "take the other version of a draft",
    weight: 2,
    act: inTab((run, tab, [die]) => {
      const { parley } = tab;
      const roomId = roomOf(tab, die);
      if (!parley || !roomId) return;
      const [other] = parseOthers(parley.texts.read(othersPlace(roomId)));
      if (other === undefined) return;
      const { takeOther, dropOther } = createDraftCopies(parley.texts, parley.stores.rooms);
      if ((die ?? 0) < 0.5) takeOther(roomId, other);
      else {
        run.journal.deletedTexts.push(other);
        dropOther(roomId, other);
      }
    }),
  },
];
