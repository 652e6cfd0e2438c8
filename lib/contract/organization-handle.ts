import { z } from "zod";

/** Handles that would look like a part of Parley in an address. */
const reserved: ReadonlySet<string> = new Set(["admin", "api", "app", "new", "parley", "settings", "setup", "sign-in"]);

/** Names an organization in addresses: `/o/{handle}`. */
export const OrganizationHandle = z
  .string()
  .min(2, "At least 2 characters.")
  .max(40, "At most 40 characters.")
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "Use the letters a to z in lower case, digits, and single hyphens between them.")
  .refine((handle) => !reserved.has(handle), "Parley uses this address itself. Choose another one.");

/** Leaves space for a number after a handle that is taken. */
const maxBase = 32;

/** The handle that an organization with this name gets, if the handle is free. */
export function organizationHandle(name: string): string {
  const base = name
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, maxBase)
    .replace(/^-+|-+$/g, "");
  return OrganizationHandle.safeParse(base).success ? base : "team";
}
