import { limits } from "@/lib/contract/limits";

const idPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The people whom the address of a new message names, at most as many as a conversation can have, and how many it started with. */
export function recipientsIn(search: Pick<URLSearchParams, "get">, myId: string): { ids: string[]; adding: number } {
  const named = (search.get("to") ?? "").split(",").filter((id) => idPattern.test(id) && id !== myId);
  const adding = Number(/^[1-8]$/.exec(search.get("adding") ?? "")?.[0] ?? 0);
  return { ids: [...new Set(named)].slice(0, limits.directOthers), adding };
}
