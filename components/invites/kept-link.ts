import { api } from "@/lib/client/api";
import type { Output } from "@/lib/contract/index";

export type MadeInvite = Output<"invite.create">;

const prefix = "parley.invite ";
export const linkKey = (personId: string, roomId?: string) => `${prefix}${personId} ${roomId ?? ""}`;

/**
 * The link that this tab last created for the same person and room, if it still works. With it, opening the panel again or
 * reloading the page creates no second link. It is read from sessionStorage; `made` is used if the browser refuses storage.
 */
export async function keptLink(key: string, made?: MadeInvite): Promise<MadeInvite | null> {
  const kept = read(key) ?? made;
  if (!kept) return null;
  try {
    return (await api("invite.show", { token: kept.token })).state === "open" ? kept : null;
  } catch {
    return null;
  }
}

/** Stores a link. `reach` is left out, because the server may be restarted with another address. */
export function keepLink(key: string, made: MadeInvite): void {
  try {
    sessionStorage.setItem(key, JSON.stringify({ ...made, reach: { address: null, command: null } }));
  } catch {
    // Without storage, the next reload creates another link.
  }
}

/** Removes all stored links, so that the next person to use this tab does not get them. */
export function forgetLinks(): void {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key);
  } catch {
    // Without storage there are none.
  }
}

function read(key: string): MadeInvite | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null") as MadeInvite | null;
  } catch {
    return null;
  }
}
