import { showOrganizationPicture } from "@/lib/contract/organization";
import { yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";

export default handle(showOrganizationPicture, {
  load: ({ tx, input: { picture } }) => tx.organization.findUnique({ where: { picture }, select: { id: true } }),
  allow: () => yes,
  run: async ({ subject: { id } }) => ({ organizationId: id }),
});
