import { endPersonsLogins } from "@/lib/contract/person-administration";
import { mayEndLogins } from "@/lib/policy/person";
import { handle } from "@/lib/server/handler";
import { endSessionsOf } from "./end-sessions";
import { findAdministered } from "./find-administered";

export default handle(endPersonsLogins, {
  load: ({ tx, actor, input }) => findAdministered(tx, actor, input.personId),
  allow: ({ subject: { asker, target } }) => mayEndLogins(asker, target),
  async run({ tx, subject: { target }, announce, audit }) {
    const logins = await endSessionsOf(tx, announce, target.id);
    if (logins > 0) audit({ subjectId: target.id, before: { logins }, after: { logins: 0 } });
    return {};
  },
});
