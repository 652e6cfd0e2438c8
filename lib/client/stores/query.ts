import { createStore } from "zustand/vanilla";
import { type CallError, isTemporary, toCallError } from "../call-error";

export interface QueryState<Input, Data> {
  /** The input of the request that returned `data` or `error`; null before the first result. */
  input: Input | null;
  /** Stays until the next result, so that a list does not flicker while somebody types. */
  data: Data | undefined;
  error: CallError | null;
  isLoadingMore: boolean;
}

const empty = { input: null, data: undefined, error: null, isLoadingMore: false };

/** How long after the last keystroke the request is sent. */
const typingPauseMs = 150;
/** How long after a failed refresh the next try follows. */
const refreshAgainMs = 3_000;

const hasNext = (data: unknown) => typeof (data as { next?: unknown }).next === "string";

/**
 * The state of a request that is sent again whenever its input changes. The result of an earlier request is dropped if it
 * arrives late. This store does not depend on React; the hooks `useQuery` and `useList` use it.
 */
export function createQuery<Input, Data>() {
  const store = createStore<QueryState<Input, Data>>(() => empty);
  let current: { input: Input; load: (previous?: Data) => Promise<Data> } | null = null;
  let newestRequest = 0;
  /** How many pages of a list are loaded. */
  let pages = 1;
  /** A refresh was asked for, and has not succeeded. Loading the next page interrupts it. */
  let isRefreshDue = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** `previous` are the pages loaded so far. They stay if loading the next one fails. */
  async function request(previous?: Data): Promise<void> {
    if (!current) return;
    clearTimeout(timer);
    const { input, load } = current;
    const thisRequest = ++newestRequest;
    try {
      const data = await load(previous);
      if (thisRequest !== newestRequest) return;
      if (previous !== undefined) pages++;
      store.setState({ input, data, error: null, isLoadingMore: false });
    } catch (thrown) {
      const error = toCallError(thrown);
      if (thisRequest === newestRequest) store.setState({ input, data: previous, error, isLoadingMore: false });
      throw error;
    }
  }
  const requestFirst = () => {
    pages = 1;
    isRefreshDue = false;
    return request().catch(() => {}); // the error is in the store
  };

  async function refresh(): Promise<void> {
    if (!current) return;
    isRefreshDue = true;
    if (store.getState().isLoadingMore) return;
    // There is no data on the screen to keep.
    if (store.getState().data === undefined) return void requestFirst();
    clearTimeout(timer);
    const { input, load } = current;
    const thisRequest = ++newestRequest;
    try {
      let data = await load();
      for (let page = 1; page < pages && hasNext(data); page++) data = await load(data);
      if (thisRequest !== newestRequest) return;
      isRefreshDue = false;
      store.setState({ input, data, error: null });
    } catch (thrown) {
      const error = toCallError(thrown);
      if (thisRequest !== newestRequest) return;
      isRefreshDue = isTemporary(error.code);
      if (isRefreshDue) timer = setTimeout(() => void refresh(), error.retryAfterMs ?? refreshAgainMs);
      else store.setState({ input, data: undefined, error });
    }
  }

  function cancel(): void {
    clearTimeout(timer);
    newestRequest++;
    current = null;
    isRefreshDue = false;
    if (store.getState().isLoadingMore) store.setState({ isLoadingMore: false });
  }

  return {
    store,
    /** Sends a request with a new input. `load` runs the request. For the next page, it receives the pages loaded so far. */
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
    /**
     * Loads all loaded pages again. The old data stays on the screen until the result arrives. After a temporary error, tries
     * again later.
     */
    refresh: () => void refresh(),
    /** Loads the next page, unless it is being loaded. Rejects with a `CallError`, which is also in the state. */
    async loadMore(): Promise<void> {
      const { data, isLoadingMore } = store.getState();
      if (data === undefined || isLoadingMore) return;
      store.setState({ isLoadingMore: true, error: null });
      await request(data).finally(() => {
        if (isRefreshDue) void refresh();
      });
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
