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
 * Runs a change when a person presses a button. A press while a change is pending is ignored. `change` also does everything that
 * follows a success, and rejects on failure. Pass `onError` for errors that are not shown beside the button.
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

/**
 * The value of a control that saves each choice at once, such as a select: `saved`, or the last choice until it is saved. A choice
 * made while another is being saved is saved after it.
 */
export function useChoice<Value>(
  saved: Value,
  save: (value: Value) => Promise<unknown>,
  onError: (error: CallError) => void,
): { value: Value; isPending: boolean; choose: (value: Value) => void } {
  const [chosen, setChosen] = useState<{ value: Value } | null>(null);
  const latest = useRef<{ value: Value } | null>(null);

  async function choose(value: Value): Promise<void> {
    const isRunning = latest.current !== null;
    const choice = { value };
    latest.current = choice;
    setChosen(choice);
    if (isRunning) return;
    for (let saving = choice; ; saving = latest.current) {
      await save(saving.value).catch((thrown: unknown) => onError(toCallError(thrown)));
      if (latest.current === saving) break;
    }
    latest.current = null;
    setChosen(null);
  }

  return { value: chosen ? chosen.value : saved, isPending: chosen !== null, choose: (value) => void choose(value) };
}
