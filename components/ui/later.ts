"use client";
import { useCallback, useState } from "react";

/**
 * Code that is not needed at first: undefined until it has been fetched. Fetch it as often and as early as you like, on
 * hover for instance, so that it is there when it is wanted; what failed is tried anew. `load` must stay the same function.
 */
export function useLater<Module>(load: () => Promise<Module>): [Module | undefined, () => Promise<void>] {
  const [module, setModule] = useState<Module>();
  const fetch = useCallback(async () => {
    const fetched = await load();
    setModule(() => fetched);
  }, [load]);
  return [module, fetch];
}
