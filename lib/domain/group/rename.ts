import { renameGroup } from "@/lib/contract/group";
import { lockOrganization } from "@/lib/domain/organization/lock";
import { mayManageGroups } from "@/lib/policy/organization";
import { handle } from "@/lib/server/handler";
import { nameFields } from "../page-by-name";
import { findGroupFor } from "./find";
import { toGroup } from "./to-group";
import { requireUniqueGroupName } from "./unique-name";

export default handle(renameGroup, {
  async load({ tx, actor, input }) {
    if (mayManageGroups(actor).ok) await lockOrganization(tx, actor.organizationId);
    return findGroupFor(tx, actor, input.groupId, { change: true });
  },
  allow: ({ actor }) => mayManageGroups(actor),
  async run({ tx, actor, input: { name }, subject, announce, audit }) {
    const { id, organizationId } = subject;
    if (name === subject.name) return toGroup(tx, actor, subject);
    await requireUniqueGroupName(tx, organizationId, name, id);
    const group = await tx.group.update({ where: { id }, data: nameFields(name) });
    audit({ subjectId: id, before: { name: subject.name }, after: { name } });
    announce.organization(organizationId, [id]);
    return toGroup(tx, actor, group);
  },
});
