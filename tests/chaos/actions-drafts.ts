import { createDraftCopies, parseOthers } from "@/lib/client/draft-copies";
import { othersPlace, placeOf } from "@/lib/client/draft-places";
import { type Action, ask, inTab, roomsOf } from "./action";
import { pick, type Run, usableTabs } from "./run-state";
import type { Tab } from "./tab";

/** The composers of a few rooms and of a thread in each, so that a person's devices often write in the same one. */
function placeIn(tab: Tab, die: number | undefined): string | undefined {
  const rooms = roomsOf(tab).toSorted((a, b) => (a.roomId < b.roomId ? -1 : 1));
  const places = rooms.slice(0, 3).flatMap(({ roomId, threads }) => {
    const [threadId] = [...threads.keys()].toSorted();
    return threadId ? [roomId, placeOf({ roomId, threadId })] : [roomId];
  });
  return pick(places, die);
}

/** Types another text over the one that the tab shows. */
function type({ journal, counter }: Run, { name, parley, browser }: Tab, place: string): void {
  if (!parley) return;
  const [personId, over, text] = [browser.person.id, parley.texts.read(place), `draft ${counter}`];
  journal.drafts.push({ personId, place, text, over });
  journal.note(`${name}: types "${text}" over "${over}" in ${place}`);
  parley.texts.write(place, text);
}

/** Types in two browsers of one person before either hears of the other, and saves both at once. */
function typeTwice(run: Run, tab: Tab, die: number | undefined): unknown {
  const { person } = tab.browser;
  const other = usableTabs(run).find(({ browser }) => browser.person === person && browser !== tab.browser);
  const place = placeIn(tab, die);
  if (!other || !place) return null;
  return Promise.all(
    [tab, other].map((each) => {
      run.counter++;
      type(run, each, place);
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
      const place = placeIn(tab, die);
      run.counter++;
      if (place) type(run, tab, place);
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
      const place = placeIn(tab, die);
      const body = place && tab.parley?.texts.read(place);
      if (place && body) tab.sendDraft(place, body);
    }),
  },
  {
    name: "delete a draft",
    weight: 1,
    act: inTab(async (run, tab, [die]) => {
      const { parley } = tab;
      const place = placeIn(tab, die);
      if (!parley || !place) return;
      const { remove } = await parley.drafts.load();
      const seen = [parley.texts.read(place), parley.stores.rooms.getState().drafts.get(place)?.text ?? ""];
      run.journal.deletedTexts.push(...seen);
      await ask(run, "delete a draft", remove(place));
    }),
  },
  {
    name: "take the other version of a draft",
    weight: 2,
    act: inTab((run, tab, [die]) => {
      const { parley } = tab;
      const place = placeIn(tab, die);
      if (!parley || !place) return;
      const [other] = parseOthers(parley.texts.read(othersPlace(place)));
      if (other === undefined) return;
      const { takeOther, dropOther } = createDraftCopies(parley.texts, parley.stores.rooms);
      if ((die ?? 0) < 0.5) takeOther(place, other);
      else {
        run.journal.deletedTexts.push(other);
        dropOther(place, other);
      }
    }),
  },
];
