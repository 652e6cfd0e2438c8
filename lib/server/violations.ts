import { Bucket } from "./bucket";

/**
 * Counts the violations of one connection. The returned function says whether another one is too many: the twentieth at once is.
 * One is forgiven every five seconds, because a person with a form that is refused again and again is no attacker.
 */
export function violationCounter(now?: () => number): () => boolean {
  const allowed = new Bucket({ burst: 19, perSecond: 0.2 }, now);
  return () => {
    if (allowed.waitFor(1) > 0) return true;
    allowed.take(1);
    return false;
  };
}
