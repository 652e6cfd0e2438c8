import { deleteSection } from "@/lib/contract/section";
import { mayDeleteSection } from "@/lib/policy/section";
import { handle } from "@/lib/server/handler";
import { lockSidebar, writeSections } from "./sidebar";

export default handle(deleteSection, {
  async load({ tx, actor, input: { sectionId } }) {
    const sidebar = await lockSidebar(tx, actor.personId);
    const section = sidebar.sections.find(({ id }) => id === sectionId);
    return section ? { sidebar, section } : null;
  },
  allow: ({ subject: { section } }) => mayDeleteSection(section),
  // Memberships keep the section's id, which then counts as none. So a room that is put into it at the same moment is not lost.
  run({ tx, actor: { personId }, input: { sectionId }, subject: { sidebar }, announce }) {
    const sections = sidebar.sections.filter(({ id }) => id !== sectionId);
    return writeSections(tx, announce, { personId, sidebar, sections });
  },
});
