"use client";
import { useMemo } from "react";
import { useMe } from "@/lib/client/hooks/use-me";
import type { Asker } from "@/lib/policy/decision";

/** Me, as policies see me. */
export function useAsker(): Asker {
  const { me } = useMe();
  return useMemo(() => ({ personId: me.id, role: me.role }), [me.id, me.role]);
}
