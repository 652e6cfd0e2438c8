import { releaseHandle } from "@/lib/contract/person-administration";
import { mayReleaseHandle } from "@/lib/policy/person";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";
import { findAdministered } from "./find-administered";

export default handle(releaseHandle, {
  load: ({ tx, actor, input }) => findAdministered(tx, actor, input.personId),
  allow: ({ subject: { asker, target } }) => mayReleaseHandle(asker, target),
  async run({ tx, actor: { organizationId }, input, subject: { target }, audit }) {
    const ofTarget = { organizationId, personId: target.id };
    const before = await tx.formerHandle.count({ where: ofTarget });
    const { count } = await tx.formerHandle.deleteMany({ where: { ...ofTarget, handle: input.handle } });
    if (count === 0) throw new AppError("not_found");
    audit({ subjectId: target.id, before: { formerHandles: before }, after: { formerHandles: before - count } });
    return {};
  },
});
