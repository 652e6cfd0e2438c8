"use client";
import { useMemo } from "react";
import { useMe } from "@/lib/client/hooks/use-me";
import type { Asker } from "@/lib/policy/decision";

/** The viewer as the asker: the person who acts, with the role and the settings that the permission rules need. */
export function useAsker(): Asker {
  const { me, organization } = useMe();
  return useMemo(() => ({ personId: me.id, role: me.role, rules: organization }), [me.id, me.role, organization]);
}
