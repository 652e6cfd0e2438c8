import type { Decision } from "@/lib/policy/decision";

/**
 * An action that a menu or a page offers. `may` is the policy that the server checks too, so an offered action is never refused.
 * `offers.test.ts` compares every list of offers with the table of permissions.
 */
export interface Offer<Situation> {
  key: string;
  may: (situation: Situation) => Decision;
  /** Whether the action makes sense now, whatever the asker's role. Default: always. */
  fits?: (situation: Situation) => boolean;
}

/** The offers that fit and that the policy allows, in the given order. */
export function offered<Situation, O extends Offer<Situation>>(offers: readonly O[], situation: Situation): O[] {
  return offers.filter(({ may, fits }) => (fits?.(situation) ?? true) && may(situation).ok);
}
