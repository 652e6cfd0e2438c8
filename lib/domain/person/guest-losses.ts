import { showGuestLosses } from "@/lib/contract/person-administration";
import { guestLosses } from "@/lib/domain/organization/become-guest";
import { maySetOrganizationRole } from "@/lib/policy/person";
import { handle } from "@/lib/server/handler";
import { peopleVisibleTo } from "./visible";

export default handle(showGuestLosses, {
  load: ({ tx, actor, input }) => tx.person.findFirst({ where: { ...peopleVisibleTo(actor), id: input.personId } }),
  allow: ({ actor, subject }) => maySetOrganizationRole(actor, subject, "guest"),
  run: ({ tx, subject }) => guestLosses(tx, subject.id),
});
