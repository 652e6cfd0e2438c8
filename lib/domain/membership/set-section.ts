import { moveRoom } from "@/lib/contract/section";
import { toSidebar } from "@/lib/domain/section/sidebar";
import { yes } from "@/lib/policy/decision";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";
import { readMembership } from "./hide";

export default handle(moveRoom, {
  async load({ tx, actor: { personId }, input: { sectionId } }) {
    const { sections } = toSidebar(await tx.personLog.findUnique({ where: { personId } }));
    return sectionId === null || sections.some(({ id }) => id === sectionId) || null;
  },
  allow: () => yes,
  async run({ tx, actor: { personId }, input: { roomId, sectionId }, announce }) {
    const changed = await tx.$executeRaw`
      UPDATE "Membership" SET "sectionId" = ${sectionId}
      WHERE "roomId" = ${roomId}::uuid AND "personId" = ${personId}::uuid AND "sectionId" IS DISTINCT FROM ${sectionId}`;
    const membership = await readMembership(tx, roomId, personId);
    if (!membership) throw new AppError("not_found");
    if (changed > 0) announce.me(personId, { type: "read", membership });
    return membership;
  },
});
