import { z } from "zod";
import { defaultSections, Section, type Sidebar } from "@/lib/contract/section";
import { lockPersonLog } from "@/lib/domain/person/lock-log";
import type { Announce } from "@/lib/server/handler";
import type { Prisma, Tx } from "@/lib/server/db";

interface StoredSidebar {
  sections: Prisma.JsonValue;
  sectionsTick: number;
}

/** Fields that a newer version stored are left out. */
const StoredSections = z.array(z.object(Section.shape));

/** Presents the sidebar of a person, from the row of their log if there is one. Whoever never changed it has the built-in sections. */
export const toSidebar = (log: StoredSidebar | null): Sidebar => ({
  sections: log?.sections ? StoredSections.parse(log.sections) : defaultSections,
  tick: log?.sectionsTick ?? 0,
});

/** Locks a person's log, so that two changes of their sidebar come one after the other, and reads the sidebar. */
export async function lockSidebar(tx: Tx, personId: string): Promise<Sidebar> {
  await lockPersonLog(tx, personId);
  return toSidebar(
    await tx.personLog.findUnique({ where: { personId }, select: { sections: true, sectionsTick: true } }),
  );
}

/** Stores the sections of a sidebar that is locked, and announces them if they have changed. */
export async function writeSections(
  tx: Tx,
  announce: Announce,
  { personId, sidebar, sections }: { personId: string; sidebar: Sidebar; sections: Section[] },
): Promise<Sidebar> {
  if (JSON.stringify(sections) === JSON.stringify(sidebar.sections)) return sidebar;
  await tx.personLog.update({ where: { personId }, data: { sections }, select: { clock: true } });
  // The answer is this object, too: it gets its tick at the end of the transaction.
  const changed = { sections, tick: sidebar.tick };
  announce.me(personId, { type: "sidebar", sidebar: changed });
  return changed;
}
