import { Organization } from "@/lib/contract/organization-settings";
import { declareRowKind } from "@/lib/domain/row-kind";

const organizationKind = declareRowKind(Organization, "o");

/** The fields of an organization that clients receive: for Prisma, and as SQL for organization `o`. */
export const { select: organizationFields, columns: organizationColumns } = organizationKind;
export const { fromRow: toOrganization, fromJson: parseOrganizationJson } = organizationKind;
