"use client";
import { useContext, useMemo } from "react";
import { api } from "../api";
import type { Call } from "../http";
import { keepIntents } from "../intents";
import { ParleyContext } from "./use-parley";

/**
 * Calls operations: through the page's client where there is one, over HTTP on pages without one, such as settings. While the
 * component is mounted, a change that got no answer goes out again as the same intent.
 */
export function useCall(): Call {
  const call = useContext(ParleyContext)?.call ?? api;
  return useMemo(() => keepIntents(call), [call]);
}
