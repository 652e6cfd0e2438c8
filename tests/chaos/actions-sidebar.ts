import { isBuiltInSection } from "@/lib/policy/section";
import { type Action, ask, inTab, press, roomsOf } from "./action";
import { pick } from "./run-state";
import type { Tab } from "./tab";

const sectionsOf = (tab: Tab) => tab.parley?.stores.rooms.getState().sidebar.sections ?? [];

/** Actions on one's own sidebar. Several tabs of a person often change it at once. */
export const sidebarActions: Action[] = [
  {
    name: "add a section",
    weight: 1,
    act: inTab((run, tab, [die]) => {
      const name = `section ${Math.floor((die ?? 0) * 1000)}`;
      return tab.parley && ask(run, "add a section", press(tab.parley, "section.create", { name }));
    }),
  },
  {
    name: "change a section",
    weight: 2,
    act: inTab((run, tab, [die, beforeDie, kind]) => {
      const [section, before] = [pick(sectionsOf(tab), die), pick(sectionsOf(tab), beforeDie)];
      if (!section || !tab.parley) return null;
      const changes =
        (kind ?? 0) < 0.4 ? { isCollapsed: !section.isCollapsed } : { beforeSectionId: before?.id ?? null };
      return ask(run, "change a section", press(tab.parley, "section.update", { sectionId: section.id, ...changes }));
    }),
  },
  {
    name: "delete a section",
    weight: 1,
    act: inTab((run, tab, [die]) => {
      const section = pick(
        sectionsOf(tab).filter((each) => !isBuiltInSection(each)),
        die,
      );
      return (
        section &&
        tab.parley &&
        ask(run, "delete a section", press(tab.parley, "section.delete", { sectionId: section.id }))
      );
    }),
  },
  {
    name: "put a room into a section",
    weight: 2,
    act: inTab((run, tab, [roomDie, die]) => {
      const room = pick(roomsOf(tab), roomDie);
      const own = sectionsOf(tab).filter(({ id }) => id !== "rooms" && id !== "directs");
      const sectionId = pick([null, ...own.map(({ id }) => id)], die) ?? null;
      return (
        room &&
        tab.parley &&
        ask(run, "move a room", press(tab.parley, "membership.setSection", { roomId: room.roomId, sectionId }))
      );
    }),
  },
];
