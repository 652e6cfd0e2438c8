"use client";
import { useCallback, useEffect, useEffectEvent, useState } from "react";

/**
 * A lazily loaded module, and a function that fetches it. The module is undefined until it arrives. The function may be called
 * early and often, for example on hover; after a failure it tries again. `load` must be the same function at every render.
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
 * `useLater` for a panel: fetches its code when the panel opens. If fetching fails, calls `close` with the error, so that the next
 * click tries again. If the person has gone to another page before the code arrives, calls `close` without an error.
 */
export function useLaterPanel<Module>(load: () => Promise<Module>, isOpen: boolean, close: (error?: unknown) => void) {
  const [module, fetch] = useLater(load);
  const onClose = useEffectEvent(close);
  useEffect(() => {
    if (!isOpen) return;
    const path = location.pathname;
    fetch().then(
      () => location.pathname !== path && onClose(),
      (error: unknown) => onClose(error),
    );
  }, [isOpen, fetch]);
  return { module, fetchAhead: () => void fetch().catch(() => {}) };
}
