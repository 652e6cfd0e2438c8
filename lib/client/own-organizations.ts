import { createStore } from "zustand/vanilla";
import type { Output } from "@/lib/contract/index";
import type { Call } from "./http";

type Answer = Output<"organization.list">;

/**
 * After this many milliseconds, the answer is stale. Most accounts are in one organization: for them, the answer changes only when
 * they join another one.
 */
const staleAfterMs = { several: 15_000, one: 300_000 };

interface Options {
  call: Call;
  /** Whether somebody uses the page. */
  isActive: () => boolean;
  now?: () => number;
}

/** The organizations of my account, as the server last answered. Other organizations send no events to this page. */
export function createOwnOrganizations({ call, isActive, now = () => performance.now() }: Options) {
  const store = createStore<{ answer: Answer | null }>(() => ({ answer: null }));
  let askedAt = Number.NEGATIVE_INFINITY;
  let isAsking = false;
  let mustAskAgain = false;

  /**
   * Asks the server, one request at a time. While a request is pending, it asks once more afterwards, because the pending answer may
   * be older than this call. If a request fails, the last answer stays.
   */
  async function refresh(): Promise<void> {
    mustAskAgain = true;
    if (isAsking) return;
    isAsking = true;
    while (mustAskAgain) {
      mustAskAgain = false;
      askedAt = now();
      try {
        store.setState({ answer: await call("organization.list", {}) });
      } catch {
        // The next refresh tries again.
      }
    }
    isAsking = false;
  }
  async function refreshIfStale(): Promise<void> {
    const several = (store.getState().answer?.organizations.length ?? 1) > 1;
    if (now() - askedAt >= staleAfterMs[several ? "several" : "one"]) await refresh();
  }
  return {
    store,
    refresh,
    refreshIfStale,
    /** For a timer. Asks only while somebody uses the page: each request counts as a use of the session, which must end unused. */
    async poll(): Promise<void> {
      if (isActive()) await refreshIfStale();
    },
  };
}
