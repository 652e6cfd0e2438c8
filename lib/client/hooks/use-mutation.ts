"use client";
import { useRef, useState } from "react";
import { type CallError, toCallError } from "../call-error";

export interface Mutation<Arguments extends unknown[]> {
  /** Makes the change, unless a change is already pending. Never rejects. */
  run(...args: Arguments): Promise<void>;
  isPending: boolean;
  /** Why the last run failed. Null again when the next run starts. */
  error: CallError | null;
  /** Clears the error. Call when the input changes or the dialog closes. */
  clearError(): void;
}

/**
 * Runs a change when a person presses a button. `change` also does everything that follows a success, and rejects on failure.
 * Pass `onError` for errors that are not shown beside the button.
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
