"use client";
import { useMemo } from "react";
import { useParley } from "./use-parley";

/** What to do about messages that have not been sent. `takeBack` withdraws one and returns its text. */
export function useDrafts(_roomId: string): {
  retry(id: string): void;
  discard(id: string): void;
  takeBack(id: string): string;
} {
  const { outbox } = useParley();
  return useMemo(() => ({ retry: outbox.retry, discard: outbox.discard, takeBack: outbox.takeBack }), [outbox]);
}
