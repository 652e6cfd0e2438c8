import { setOrganizationPicture } from "@/lib/contract/organization";
import { replacePicture } from "@/lib/domain/picture/files";
import { mayManageOrganization } from "@/lib/policy/organization";
import { encodePicture } from "@/lib/server/encode-picture";
import { handle } from "@/lib/server/handler";
import { lockOrganizationLog } from "@/lib/server/touch";
import { organizationFields, toOrganization } from "./to-organization";

export default handle(setOrganizationPicture, {
  prepare: async ({ actor, input: { picture } }) =>
    picture && mayManageOrganization(actor).ok ? encodePicture(picture, "picture", actor.personId) : null,
  load: async ({ tx, actor }) => {
    if (mayManageOrganization(actor).ok) await lockOrganizationLog(tx, actor.organizationId);
    return {};
  },
  allow: ({ actor }) => mayManageOrganization(actor),
  async run({ tx, actor: { organizationId: id }, prepared, announce, audit }) {
    const current = toOrganization(
      await tx.organization.findUniqueOrThrow({ where: { id }, select: organizationFields }),
    );
    if (!prepared && current.picture === null) return current;
    const picture = await replacePicture(announce, id, { before: current.picture, after: prepared });
    const log = await tx.organizationLog.update({
      where: { organizationId: id },
      data: { clock: { increment: 1 } },
    });
    const changed = await tx.organization.update({
      where: { id },
      data: { picture, tick: log.clock },
      select: organizationFields,
    });
    audit({ subjectId: id, before: { picture: current.picture }, after: { picture } });
    announce.organizationLog(id);
    return toOrganization(changed);
  },
});
