import type { Decision } from "@/lib/policy/decision";

/**
 * Something that a menu or a page offers to do. `may` is the policy that the server asks, too, so nothing is offered that would be
 * refused. Every list of offers is in `offers.test.ts`, which compares them with the table of permissions.
 */
export interface Offer<Situation> {
  key: string;
  may: (situation: Situation) => Decision;
  /** Whether it makes sense now, whoever asks. Default: always. */
  fits?: (situation: Situation) => boolean;
}

/** Those of these offers that fit and that the asker may take, in their order. */
export function offered<Situation, O extends Offer<Situation>>(offers: readonly O[], situation: Situation): O[] {
  return offers.filter(({ may, fits }) => (fits?.(situation) ?? true) && may(situation).ok);
}
