"use client";
import { type ComponentType, useEffect } from "react";
import { useLater, useLaterPanel } from "./later";
import { toast } from "./toast";

type Load<Props> = () => Promise<{ default: ComponentType<Props> }>;
type OpenState = { open: boolean; onOpenChange: (open: boolean) => void };

const retryAfterMs = 5000;

/**
 * A dialog whose code is fetched when it first opens. If fetching fails, the dialog closes and a toast appears. Opening it again
 * retries. It does not open on another page than the one it was opened on.
 */
export function dialogOnDemand<Props extends OpenState>(load: Load<Props>): ComponentType<Props> {
  // Outside the component, so that the dialog opens at once from the second time on.
  let fetched: ComponentType<Props> | undefined;
  const fetch = async () => (fetched = (await load()).default);
  return function DialogOnDemand(props: Props) {
    const { module } = useLaterPanel(fetch, props.open && !fetched, (error) => {
      props.onOpenChange(false);
      if (error !== undefined) toast.error("Couldn't load this. Check the connection, then try again.");
    });
    const Dialog = fetched ?? module;
    return Dialog ? <Dialog {...props} /> : null;
  };
}

/**
 * Makes a loader for `dynamic` that never fails, because a failed loader replaces the whole page with an error. While the code
 * cannot be fetched, `Missing` is shown instead. The fetch is retried every five seconds, when the browser is online again, and
 * when `onRetry` is called.
 */
export function retrying<Props extends object>(
  load: Load<Props>,
  Missing: ComponentType<Props & { onRetry: () => void }> = Nothing,
): Load<Props> {
  const fetch = async () => (await load()).default;
  function Retrying(props: Props) {
    const [Code, fetchAgain] = useLater(fetch);
    const retry = () => void fetchAgain().catch(() => {});
    useEffect(() => {
      if (Code) return;
      const attempt = () => void fetchAgain().catch(() => {});
      attempt();
      const timer = setInterval(attempt, retryAfterMs);
      addEventListener("online", attempt);
      return () => {
        clearInterval(timer);
        removeEventListener("online", attempt);
      };
    }, [Code, fetchAgain]);
    return Code ? <Code {...props} /> : <Missing {...props} onRetry={retry} />;
  }
  return () => load().catch(() => ({ default: Retrying }));
}

function Nothing() {
  return null;
}
