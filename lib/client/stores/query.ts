import { createStore } from "zustand/vanilla";
import { type CallError, toCallError } from "../call-error";

export interface QueryState<Input, Data> {
  /** The input of the request that `data` or `error` is the result of; null before the first result. */
  input: Input | null;
  /** Stays until the next result, so that a list does not flicker while somebody types. */
  data: Data | undefined;
  error: CallError | null;
  isLoadingMore: boolean;
}

const empty = { input: null, data: undefined, error: null, isLoadingMore: false };

/** How long after the last keystroke the request is sent. */
const typingPauseMs = 150;

/**
 * The state of a request that is sent again whenever its input changes. The result of an earlier request is dropped if it
 * arrives late. This store does not depend on React; the hooks `useQuery` and `useList` use it.
 */
export function createQuery<Input, Data>() {
  const store = createStore<QueryState<Input, Data>>(() => empty);
  let current: { input: Input; load: (previous?: Data) => Promise<Data> } | null = null;
  let newestRequest = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** `previous` are the pages loaded so far. They stay if loading the next one fails. */
  async function request(previous?: Data): Promise<void> {
    if (!current) return;
    clearTimeout(timer);
    const { input, load } = current;
    const thisRequest = ++newestRequest;
    try {
      const data = await load(previous);
      if (thisRequest === newestRequest) store.setState({ input, data, error: null, isLoadingMore: false });
    } catch (thrown) {
      const error = toCallError(thrown);
      if (thisRequest === newestRequest) store.setState({ input, data: previous, error, isLoadingMore: false });
      throw error;
    }
  }
  const requestFirst = () => request().catch(() => {}); // the error is in the store

  function cancel(): void {
    clearTimeout(timer);
    newestRequest++;
    current = null;
    if (store.getState().isLoadingMore) store.setState({ isLoadingMore: false });
  }

  return {
    store,
    /** Sends a request with a new input. `load` runs it; to load the next page, it gets the pages loaded so far. */
    send(input: Input, load: (previous?: Data) => Promise<Data>, options: { afterTyping?: boolean } = {}): void {
      cancel();
      current = { input, load };
      if (options.afterTyping) timer = setTimeout(() => void requestFirst(), typingPauseMs);
      else void requestFirst();
    },
    /** Sends the same request again. Removes the error, but keeps the data until the result arrives. */
    reload(): void {
      store.setState({ error: null, isLoadingMore: false });
      void requestFirst();
    },
    /** Loads the next page, unless it is being loaded. Rejects with a `CallError`, which is also in the state. */
    async loadMore(): Promise<void> {
      const { data, isLoadingMore } = store.getState();
      if (data === undefined || isLoadingMore) return;
      store.setState({ isLoadingMore: true, error: null });
      await request(data);
    },
    /** Cancels the delayed request, and ignores the results of running ones. */
    cancel,
    /** Resets the state: there is no input to send. */
    clear(): void {
      cancel();
      store.setState(empty);
    },
  };
}
