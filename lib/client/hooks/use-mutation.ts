"use client";
import { useRef, useState } from "react";
import { type CallError, toCallError } from "../call-error";

export interface Mutation<Arguments extends unknown[]> {
  /** Makes the change. Does nothing while one is pending. Never rejects. */
  run(...args: Arguments): Promise<void>;
  isPending: boolean;
  /** Why the last run failed; null from the start of the next one. */
  error: CallError | null;
  /** Clears the error. Call when the input changes or the dialog closes. */
  clearError(): void;
}

/**
 * Runs a change when somebody presses a button. `change` makes the change and everything that follows its success; it rejects
 * if it fails. `onError` is for errors that are not shown beside the button.
 */
export function useMutation<Arguments extends unknown[]>(
  change: (...args: Arguments) => Promise<unknown>,
  onError?: (error: CallError) => void,
): Mutation<Arguments> {
  const [state, setState] = useState<{ isPending: boolean; error: CallError | null }>({
    isPending: false,
    error: null,
  });
  // A ref, not state: two presses can happen before the next render.
  const pending = useRef(false);

  async function run(...args: Arguments): Promise<void> {
    if (pending.current) return;
    pending.current = true;
    setState({ isPending: true, error: null });
    try {
      await change(...args);
      setState({ isPending: false, error: null });
    } catch (thrown) {
      const error = toCallError(thrown);
      setState({ isPending: false, error });
      onError?.(error);
    } finally {
      pending.current = false;
    }
  }

  return { run, ...state, clearError: () => setState((current) => ({ ...current, error: null })) };
}
