import { updateSection } from "@/lib/contract/section";
import { maySetSectionName } from "@/lib/policy/section";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";
import { lockSidebar, writeSections } from "./sidebar";

export default handle(updateSection, {
  async load({ tx, actor, input: { sectionId } }) {
    const sidebar = await lockSidebar(tx, actor.personId);
    const section = sidebar.sections.find(({ id }) => id === sectionId);
    return section ? { sidebar, section } : null;
  },
  allow: ({ subject: { section }, input: { name, emoji } }) => maySetSectionName(section, { name, emoji }),
  run({ tx, actor: { personId }, input, subject: { sidebar, section }, announce }) {
    const { sectionId, beforeSectionId } = input;
    const changed = {
      ...section,
      name: input.name ?? section.name,
      emoji: input.emoji === undefined ? section.emoji : input.emoji,
      sort: input.sort ?? section.sort,
      isCollapsed: input.isCollapsed ?? section.isCollapsed,
      isUnreadOnly: input.isUnreadOnly ?? section.isUnreadOnly,
    };
    let sections = sidebar.sections.with(sidebar.sections.indexOf(section), changed);
    if (beforeSectionId !== undefined && beforeSectionId !== sectionId) {
      sections = sections.filter((each) => each !== changed);
      const at = beforeSectionId === null ? sections.length : sections.findIndex(({ id }) => id === beforeSectionId);
      if (at < 0) throw new AppError("not_found");
      sections.splice(at, 0, changed);
    }
    return writeSections(tx, announce, { personId, sidebar, sections });
  },
});
