"use client";
import { useMemo } from "react";
import { useMe } from "@/lib/client/hooks/use-me";
import type { Asker } from "@/lib/policy/decision";

/** Me as the asker: the person who asks to act, with the role that the permission rules need. */
export function useAsker(): Asker {
  const { me } = useMe();
  return useMemo(() => ({ personId: me.id, role: me.role }), [me.id, me.role]);
}
