import type { Message } from "@/lib/contract/message";
import { isComposer } from "./draft-places";
import { dropSent } from "./draft-state";
import type { Drafts, DraftsOptions } from "./drafts";

/** How many of my messages a tab remembers to have received. The change of a draft arrives soon after the message that it became. */
const maxRemembered = 200;

/**
 * Keeps what is typed in composers on the server. The code of `./drafts` is fetched after the page has started. Until then, texts are
 * kept by the browser alone.
 */
export function createLazyDrafts(options: Omit<DraftsOptions, "arrivedIds">) {
  const { store, written, openPlaces } = options;
  /** Those of my latest received messages, oldest first. The logs of threads that are not on the screen keep no messages. */
  const arrivedIds = new Set<string>();
  let drafts: Drafts | null = null;
  let fetching: Promise<Drafts> | null = null;
  let running = false;

  function load(): Promise<Drafts> {
    fetching ??= import("./drafts").then(
      ({ createDrafts }) => {
        drafts = createDrafts({ ...options, arrivedIds });
        if (running) drafts.start();
        return drafts;
      },
      (error: unknown) => {
        fetching = null;
        throw error;
      },
    );
    return fetching;
  }
  const tryToLoad = () => void load().catch(() => {}); // the next text that is written tries again

  return {
    /** Resolves to the functions that few people need. Rejects if their code cannot be fetched. */
    load,
    start() {
      running = true;
      if (drafts) drafts.start();
      else tryToLoad();
    },
    stop() {
      running = false;
      drafts?.stop();
    },
    /** Call when this tab, or another one of this browser, has written a text, at any place. */
    onWrite(place: string, isElsewhere = false) {
      if (!isComposer(place)) return;
      if (isElsewhere) return drafts?.onElsewhere(place);
      if (drafts) return drafts.onWrite(place);
      written.add(place);
      if (running) tryToLoad();
    },
    /** Call for every message that the server has stored. */
    onMessages(messages: readonly Message[]) {
      const mine = messages.filter(({ authorId }) => authorId === store.getState().me.id);
      for (const { id } of mine) arrivedIds.add(id);
      for (const id of [...arrivedIds].slice(0, -maxRemembered)) arrivedIds.delete(id);
      store.setState((state) => dropSent(state, mine));
      drafts?.onMessages(mine);
    },
    /** Returns the id that the message with the composer's text gets, and begins another draft. */
    take: (place: string) => drafts?.take(place),
    /** Call when a composer appears. Returns a function to call when it disappears. */
    open(place: string): () => void {
      openPlaces.add(place);
      drafts?.onOpen(place);
      return () => void openPlaces.delete(place);
    },
    retry: () => drafts?.retry(),
    /** Saves all texts now. Resolves to whether the server has them. With `isLast`, the page may end before the answers arrive. */
    save: async (isLast = false): Promise<boolean> => (drafts ? drafts.saveAll(isLast) : written.size === 0),
  };
}
export type LazyDrafts = ReturnType<typeof createLazyDrafts>;
