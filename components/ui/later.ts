"use client";
import { useCallback, useEffect, useEffectEvent, useState } from "react";

/**
 * Code that is fetched later, and a function that fetches it. The code is undefined until it has arrived. Call the function as
 * often and as early as you like, for instance on hover; after a failure it tries again. `load` must stay the same function.
 */
export function useLater<Module>(load: () => Promise<Module>): [Module | undefined, () => Promise<void>] {
  const [module, setModule] = useState<Module>();
  const fetch = useCallback(async () => {
    const fetched = await load();
    setModule(() => fetched);
  }, [load]);
  return [module, fetch];
}

/**
 * Like `useLater`, for a panel, whose code is fetched when it opens. If that fails, calls `close`, so that a press tries
 * again.
 */
export function useLaterPanel<Module>(load: () => Promise<Module>, isOpen: boolean, close: () => void) {
  const [module, fetch] = useLater(load);
  const onFailure = useEffectEvent(close);
  useEffect(() => {
    if (isOpen) fetch().catch(() => onFailure());
  }, [isOpen, fetch]);
  return { module, fetchAhead: () => void fetch().catch(() => {}) };
}
