import type { Call } from "./http";
import { createLazyDrafts } from "./lazy-drafts";
import type { Stores } from "./parley";
import { createTexts, type TextStorage } from "./texts";

interface ComposerTextsOptions {
  stores: Stores;
  personId: string;
  storage: TextStorage | undefined;
  call: Call;
  /** Calls over HTTP with a request that outlives the page. */
  lastCall: Call;
}

/** Creates what keeps unsent texts: in this browser, and those of composers as drafts on the server. */
export function createComposerTexts({ stores, personId, storage, call, lastCall }: ComposerTextsOptions) {
  const texts = createTexts({ store: stores.texts, personId, storage, onWrite: (...text) => drafts.onWrite(...text) });
  const drafts = createLazyDrafts({
    store: stores.rooms,
    texts,
    call,
    lastCall,
    written: new Set(),
    openRooms: new Set(),
  });
  return { texts, drafts };
}
