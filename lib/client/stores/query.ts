import { createStore } from "zustand/vanilla";
import { type CallError, toCallError } from "../call-error";

export interface QueryState<Input, Data> {
  /** The input that `data` or `error` answers; null before the first answer. */
  input: Input | null;
  /** Kept until the next answer, so that a list does not flicker while somebody types. */
  data: Data | undefined;
  error: CallError | null;
  isLoadingMore: boolean;
}

const empty = { input: null, data: undefined, error: null, isLoadingMore: false };

/** How long typing must pause before the server is asked. */
const typingPauseMs = 150;

/**
 * One question to the server whose input changes. Only the answer to the newest request is kept; earlier ones that arrive
 * late are dropped. Knows nothing of React: `useQuery` and `useList` show it.
 */
export function createQuery<Input, Data>() {
  const store = createStore<QueryState<Input, Data>>(() => empty);
  let current: { input: Input; load: (previous?: Data) => Promise<Data> } | null = null;
  let newestRequest = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** With `previous`, an error keeps it: the next page failed, not those before. */
  async function request(previous?: Data): Promise<void> {
    if (!current) return;
    clearTimeout(timer);
    const { input, load } = current;
    const mine = ++newestRequest;
    try {
      const data = await load(previous);
      if (mine === newestRequest) store.setState({ input, data, error: null, isLoadingMore: false });
    } catch (thrown) {
      const error = toCallError(thrown);
      if (mine === newestRequest) store.setState({ input, data: previous, error, isLoadingMore: false });
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
    /** Asks with a new input. `load` gets the pages loaded so far when more of them are wanted. */
    ask(input: Input, load: (previous?: Data) => Promise<Data>, options: { afterTyping?: boolean } = {}): void {
      cancel();
      current = { input, load };
      if (options.afterTyping) timer = setTimeout(() => void requestFirst(), typingPauseMs);
      else void requestFirst();
    },
    /** Asks the same again. After an error it is loading again; otherwise the data stays until the answer. */
    reload(): void {
      store.setState({ error: null, isLoadingMore: false });
      void requestFirst();
    },
    /** Loads the next page, once at a time. Rejects with a `CallError`, which the state holds too. */
    async loadMore(): Promise<void> {
      const { data, isLoadingMore } = store.getState();
      if (data === undefined || isLoadingMore) return;
      store.setState({ isLoadingMore: true, error: null });
      await request(data);
    },
    /** Drops every answer that is still to come. */
    cancel,
    /** There is nothing to ask. */
    clear(): void {
      cancel();
      store.setState(empty);
    },
  };
}
