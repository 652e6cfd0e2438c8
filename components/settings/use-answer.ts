"use client";
import { useCallback, useEffect, useState } from "react";
import { failureOf } from "@/components/auth/failure";
import { api } from "@/lib/client/api";
import type { Input, OperationName, Output } from "@/lib/contract/index";

type Asked<T> = { key: string; data: T | null; error: string | null };

/**
 * What the server answers to a question; asked again when the question changes. Until the new answer is there the old one
 * stays in `data`, and `busy` says so, so that a list does not jump while somebody types.
 */
export function useAnswer<N extends OperationName>(name: N, input: Input<N>) {
  const key = JSON.stringify(input);
  const [tries, setTries] = useState(0);
  const [asked, setAsked] = useState<Asked<Output<N>>>({ key: "", data: null, error: null });

  useEffect(() => {
    let current = true;
    api(name, JSON.parse(key) as Input<N>).then(
      (data) => current && setAsked({ key, data, error: null }),
      (error: unknown) => current && setAsked({ key, data: null, error: failureOf(error).message }),
    );
    return () => {
      current = false;
    };
  }, [name, key, tries]);

  const reload = useCallback(() => setTries((before) => before + 1), []);
  return { data: asked.data, error: asked.error, busy: asked.key !== key, reload };
}
