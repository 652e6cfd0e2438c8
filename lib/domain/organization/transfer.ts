import { transferOwnership } from "@/lib/contract/person-administration";
import { findAdministered } from "@/lib/domain/person/find-administered";
import { toPerson } from "@/lib/domain/person/to-person";
import { mayTransferOwnership } from "@/lib/policy/person";
import { handle } from "@/lib/server/handler";
import { changeRole } from "./change-role";

export default handle(transferOwnership, {
  load: ({ tx, actor, input }) => findAdministered(tx, actor, input.personId),
  allow: ({ subject: { asker, target } }) => mayTransferOwnership(asker, target),
  async run({ tx, actor, subject: { asker, target }, announce, audit }) {
    const { organizationId, personId: id } = actor;
    await changeRole(tx, { announce, audit }, target, { role: "owner", byId: id });
    await changeRole(tx, { announce, audit }, { id, organizationId, role: asker.role }, { role: "admin", byId: id });
    return toPerson({ ...target, role: "owner" });
  },
});
