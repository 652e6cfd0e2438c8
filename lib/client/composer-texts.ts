import { type AnswerTarget, callAndApply } from "./answers";
import { type Call, createHttpCall, type Fetch, type HttpOptions } from "./http";
import { createLazyDrafts } from "./lazy-drafts";
import type { Stores } from "./parley";
import { createTexts, type TextStorage } from "./texts";

interface ComposerTextsOptions {
  stores: Stores;
  personId: string;
  storage: TextStorage | undefined;
  call: Call;
  http: HttpOptions;
  answerTarget: AnswerTarget;
}

/** Creates what keeps unsent texts: in this browser, and those of composers as drafts on the server. */
export function createComposerTexts(options: ComposerTextsOptions) {
  const { stores, personId, storage, call, http, answerTarget } = options;
  /** A browser finishes these requests even if the page ends, if they have at most 64 KiB. A character has up to three bytes. */
  const lastFetch: Fetch = (url, init) =>
    http.fetch(url, { ...init, keepalive: (init.body as string).length < 20_000 });
  const callAtTheEnd = createHttpCall({ ...http, fetch: lastFetch });
  const texts = createTexts({ store: stores.texts, personId, storage, onWrite: (...text) => drafts.onWrite(...text) });
  const drafts = createLazyDrafts({
    store: stores.rooms,
    texts,
    call,
    lastCall: (name, input) => callAndApply(name, input, callAtTheEnd, answerTarget),
    written: new Set(),
    openPlaces: new Set(),
  });
  return { texts, drafts };
}
