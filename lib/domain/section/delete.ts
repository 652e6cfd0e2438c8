import { deleteSection } from "@/lib/contract/section";
import { yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";
import { lockSidebar, writeSections } from "./sidebar";

export default handle(deleteSection, {
  async load({ tx, actor, input: { sectionId } }) {
    const sidebar = await lockSidebar(tx, actor.personId);
    return sidebar.sections.some(({ id }) => id === sectionId) ? sidebar : null;
  },
  allow: () => yes,
  // Memberships keep the section's id, which then counts as none. So a room that is put into it at the same moment is not lost.
  run({ tx, actor: { personId }, input: { sectionId }, subject: sidebar, announce }) {
    const sections = sidebar.sections.filter(({ id }) => id !== sectionId);
    return writeSections(tx, announce, { personId, sidebar, sections });
  },
});
