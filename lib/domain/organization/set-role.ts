import { setOrganizationRole } from "@/lib/contract/person-administration";
import { findAdministered } from "@/lib/domain/person/find-administered";
import { toPerson } from "@/lib/domain/person/to-person";
import { maySetOrganizationRole } from "@/lib/policy/person";
import { handle } from "@/lib/server/handler";
import { changeRole } from "./change-role";

export default handle(setOrganizationRole, {
  load: ({ tx, actor, input }) => findAdministered(tx, actor, input.personId),
  allow: ({ input, subject: { asker, target } }) => maySetOrganizationRole(asker, target, input.role),
  async run({ tx, actor, input: { role }, subject: { target }, announce, audit }) {
    await changeRole(tx, { announce, audit }, target, { role, byId: actor.personId });
    return toPerson({ ...target, role });
  },
});
