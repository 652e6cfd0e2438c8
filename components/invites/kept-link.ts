import { api } from "@/lib/client/api";
import type { Output } from "@/lib/contract/index";

export type CreatedInvite = Output<"invite.create">;

const prefix = "parley.invite ";
export const linkKey = (personId: string, roomId?: string) => `${prefix}${personId} ${roomId ?? ""}`;

/**
 * Finds the link that this tab last created for the same person and room, if the link still works. So opening the panel again
 * or reloading the page creates no second link. Without sessionStorage, `created` is used instead.
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

/** Stores a link without `reach`, because the server may be restarted with another address. */
export function keepLink(key: string, created: CreatedInvite): void {
  try {
    sessionStorage.setItem(key, JSON.stringify({ ...created, reach: { address: null, command: null } }));
  } catch {
    // Without storage, the next reload creates another link.
  }
}

/** Removes all stored links, so that the next person to use this tab does not get them. */
export function forgetLinks(): void {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key);
  } catch {
    // Without storage, there are no links to remove.
  }
}

function readStored(key: string): CreatedInvite | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null") as CreatedInvite | null;
  } catch {
    return null;
  }
}
