import { uuidv7 } from "uuidv7";
import { limits } from "@/lib/contract/limits";
import { createSection } from "@/lib/contract/section";
import { yes } from "@/lib/policy/decision";
import { isBuiltInSection } from "@/lib/policy/section";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";
import { lockSidebar, writeSections } from "./sidebar";

export default handle(createSection, {
  load: ({ tx, actor }) => lockSidebar(tx, actor.personId),
  allow: () => yes,
  run({ tx, actor: { personId }, input: { id = uuidv7(), name, emoji }, subject: sidebar, announce }) {
    const { sections } = sidebar;
    if (sections.filter((each) => !isBuiltInSection(each)).length >= limits.sections)
      throw new AppError("conflict", `You have ${limits.sections} sections already. Delete one first.`);
    if (sections.some((each) => each.id === id)) throw new AppError("conflict", "You have a section with this id.");
    // Below the favourites and one's other sections.
    const last = sections.findLastIndex((each) => each.id === "favourites" || !isBuiltInSection(each));
    const created = { id, name, emoji, sort: "name", isCollapsed: false, isUnreadOnly: false } as const;
    return writeSections(tx, announce, { personId, sidebar, sections: sections.toSpliced(last + 1, 0, created) });
  },
});
