import { api } from "@/lib/client/api";
import type { Output } from "@/lib/contract/index";

export type MadeInvite = Output<"invite.create">;

/**
 * The link that this tab made last for the same purpose, while it still works: opening the panel again, loading the page
 * again or going back makes no second one. Kept for the tab alone; storage is refused in some private windows.
 */
export async function keptLink(key: string): Promise<MadeInvite | null> {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? "null") as MadeInvite | null;
    return kept && (await api("invite.show", { token: kept.token })).state === "open" ? kept : null;
  } catch {
    return null;
  }
}

export function keepLink(key: string, made: MadeInvite): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(made));
  } catch {
    // Then the next time makes another.
  }
}
