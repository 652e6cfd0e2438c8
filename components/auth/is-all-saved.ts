import type { Parley } from "@/lib/client/parley";

/** How long signing out waits for texts to be saved, in ms. */
const waitMs = 3_000;

/** Saves what is typed. Resolves to whether the server has everything that was written in this browser. */
export async function isAllSaved({ drafts, stores }: Parley): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), waitMs));
  const saved = await Promise.race([drafts.save(), late]);
  return saved && stores.outbox.getState().entries.length === 0;
}
