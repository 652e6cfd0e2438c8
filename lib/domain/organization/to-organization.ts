import { Organization } from "@/lib/contract/organization-settings";
import { declareRowKind } from "@/lib/domain/row-kind";

const organizationKind = declareRowKind(Organization, "o");

/** What clients receive of an organization: for Prisma, and as SQL of organization `o`. */
export const { select: organizationFields, columns: organizationColumns, fromRow: toOrganization } = organizationKind;
