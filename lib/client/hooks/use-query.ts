"use client";
import { createContext, useContext, useEffect, useEffectEvent, useRef, useState } from "react";
import { useStore } from "zustand";
import type { CallError } from "../call-error";
import type { Call } from "../http";
import { createQuery } from "../stores/query";
import { useCall } from "./use-call";

/** When this number changes, every query below it in the tree loads its shown data again. */
export const LiveContext = createContext(0);

interface QueryOptions {
  /** Whether the person types the input. If so, the request is sent when they pause. */
  afterTyping?: boolean;
  /** When this changes, the shown data is loaded again. */
  version?: number | string;
}

export interface Query<Input, Data> {
  /** `ready` once there is data, even while newer data is loading. */
  status: "loading" | "ready" | "error";
  /** The newest result. Undefined before the first one, and after an error. */
  data: Data | undefined;
  /** The input of the request that returned `data`. */
  answeredInput: Input | null;
  /** Whether `data` belongs to an earlier input. */
  isStale: boolean;
  error: CallError | null;
  /** Sends the same request again. */
  reload(): void;
}

/**
 * Sends a request when mounted and whenever `input` changes (compared as JSON). Sends none if `input` is null. `load` may call
 * several operations. The result of an earlier request is dropped if it arrives late.
 */
export function useQuery<Input extends object, Data>(
  input: Input | null,
  load: (call: Call, input: Input) => Promise<Data>,
  options?: QueryOptions,
): Query<Input, Data> {
  const { loadMore: _, isLoadingMore: __, ...query } = useQueryState(input, load, options);
  return query;
}

export interface Page<Row> {
  rows: Row[];
  /** Where the next page begins; null on the last page. */
  next: string | null;
  /** How many rows the whole list has, if the server counts them. */
  total?: number | undefined;
}

export interface List<Input, Row> extends Omit<Query<Input, Page<Row>>, "data"> {
  /** The rows of all pages loaded so far. Empty before the first answer. */
  rows: readonly Row[];
  total: number | undefined;
  hasMore: boolean;
  isLoadingMore: boolean;
  /** Loads the next page. If it fails, it rejects with a `CallError`, which is also in `error`, and the rows stay. */
  loadMore(): Promise<void>;
}

/** Like `useQuery`, for a list that is loaded page by page. `load` receives the page's cursor: undefined for the first page. */
export function useList<Input extends object, Row>(
  input: Input | null,
  load: (call: Call, input: Input, cursor: string | undefined) => Promise<Page<Row>>,
  options?: QueryOptions,
): List<Input, Row> {
  const { data, ...query } = useQueryState<Input, Page<Row>>(
    input,
    async (call, current, previous) => {
      const page = await load(call, current, previous?.next ?? undefined);
      return previous ? { ...page, rows: [...previous.rows, ...page.rows] } : page;
    },
    options,
  );
  return { ...query, rows: data?.rows ?? noRows, total: data?.total, hasMore: typeof data?.next === "string" };
}

const noRows: readonly never[] = [];

function useQueryState<Input extends object, Data>(
  input: Input | null,
  load: (call: Call, input: Input, previous?: Data) => Promise<Data>,
  { afterTyping = false, version = 0 }: QueryOptions = {},
) {
  const call = useCall();
  const [query] = useState(createQuery<Input, Data>);
  const { data, error, isLoadingMore, input: answeredInput } = useStore(query.store);
  const key = JSON.stringify(input);
  const sendRequest = useEffectEvent(() => {
    if (input) query.send(input, (previous) => load(call, input, previous), { afterTyping });
    else query.clear();
  });
  useEffect(() => {
    sendRequest();
    return () => query.cancel();
  }, [query, key]);

  const newest = `${version} ${useContext(LiveContext)}`;
  const loadedAt = useRef({ key, newest });
  useEffect(() => {
    const previous = loadedAt.current;
    loadedAt.current = { key, newest };
    // Another input is already being requested.
    if (newest !== previous.newest && key === previous.key) query.refresh();
  }, [query, key, newest]);

  return {
    status: data !== undefined ? ("ready" as const) : error ? ("error" as const) : ("loading" as const),
    data,
    answeredInput,
    isStale: JSON.stringify(answeredInput) !== key,
    error,
    isLoadingMore,
    reload: query.reload,
    loadMore: query.loadMore,
  };
}
