import { uuidv7 } from "uuidv7";
import { createGroup } from "@/lib/contract/group";
import { lockOrganization } from "@/lib/domain/organization/lock";
import { makeHandle } from "@/lib/domain/person/handle";
import { mayManageGroups } from "@/lib/policy/organization";
import { handle } from "@/lib/server/handler";
import { nameFields } from "../page-by-name";
import { toGroup } from "./to-group";
import { requireUniqueGroupName } from "./unique-name";

export default handle(createGroup, {
  async load({ tx, actor }) {
    if (mayManageGroups(actor).ok) await lockOrganization(tx, actor.organizationId);
    return {};
  },
  allow: ({ actor }) => mayManageGroups(actor),
  async run({ tx, actor, input: { name }, announce, audit }) {
    const { organizationId } = actor;
    await requireUniqueGroupName(tx, organizationId, name);
    const personOrGroupHandle = await makeHandle(tx, organizationId, name, "group");
    const data = { id: uuidv7(), organizationId, ...nameFields(name), handle: personOrGroupHandle };
    const group = await tx.group.create({ data });
    audit({ subjectId: group.id, after: { name } });
    announce.organization(organizationId, [group.id]);
    return toGroup(tx, actor, group);
  },
});
