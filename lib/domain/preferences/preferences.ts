import { z } from "zod";
import { defaultPreferences, MessageLayout, type Preferences } from "@/lib/contract/preferences";
import type { Prisma } from "@/lib/server/db";

/** For Prisma: selects the columns of a person's log that hold their preferences. */
export const preferencesColumns = { preferences: true, preferencesTick: true } as const;

interface StoredPreferences {
  preferences: Prisma.JsonValue;
  preferencesTick: number;
}

/** Fields and values that a newer version stored count as not set. */
const Stored = z.object({ messageLayout: MessageLayout.catch(defaultPreferences.messageLayout) });

/** Presents the preferences of a person, from the row of their log if there is one. */
export const toPreferences = (log: StoredPreferences | null): Preferences => ({
  ...Stored.parse(log?.preferences ?? {}),
  tick: log?.preferencesTick ?? 0,
});
