import { api } from "@/lib/client/api";
import type { Output } from "@/lib/contract/index";
import { linkPrefix } from "./forget-links";

export type CreatedInvite = Output<"invite.create">;

/** The key under which this tab keeps the link that a person created, for the organization or for one room. */
export const linkKey = (creatorId: string, roomId?: string) => `${linkPrefix}${creatorId} ${roomId ?? ""}`;

/**
 * Finds the link that this tab last stored under `key`, if the link still works. This way, reopening the panel or reloading the page
 * doesn't create a second link. If nothing is stored, for example because there is no sessionStorage, `created` is tried instead.
 */
export async function findKeptLink(key: string, created?: CreatedInvite): Promise<CreatedInvite | null> {
  const link = readStored(key) ?? created;
  if (!link) return null;
  try {
    return (await api("invite.show", { token: link.token })).state === "open" ? link : null;
  } catch {
    return null;
  }
}

/** Stores a link. Clears `reach`, the address that it is opened at, because the server may be restarted with another one. */
export function keepLink(key: string, created: CreatedInvite): void {
  try {
    sessionStorage.setItem(key, JSON.stringify({ ...created, reach: { address: null, command: null } }));
  } catch {
    // Without storage, the next reload creates another link.
  }
}

function readStored(key: string): CreatedInvite | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null") as CreatedInvite | null;
  } catch {
    return null;
  }
}
