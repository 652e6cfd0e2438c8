import { api } from "@/lib/client/api";
import type { Output } from "@/lib/contract/index";

export type MadeInvite = Output<"invite.create">;

const prefix = "parley.invite ";
export const linkKey = (personId: string, roomId?: string) => `${prefix}${personId} ${roomId ?? ""}`;

/**
 * The link that this tab made last for the same purpose, while it still works: opening the panel again, loading the page
 * again or going back makes no second one. Kept for the tab alone; where storage is refused, `made` stands in for it.
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

/** How others reach the server is not kept: it may have been started anew in another way. */
export function keepLink(key: string, made: MadeInvite): void {
  try {
    sessionStorage.setItem(key, JSON.stringify({ ...made, reach: { address: null, command: null } }));
  } catch {
    // Then the next time makes another.
  }
}

/** Whoever uses this tab next gets none of them. */
export function forgetLinks(): void {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key);
  } catch {
    // Then there are none.
  }
}

function read(key: string): MadeInvite | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null") as MadeInvite | null;
  } catch {
    return null;
  }
}
