"use client";
import { useContext, useMemo } from "react";
import { api } from "../api";
import type { Call } from "../http";
import { keepIntents } from "../intents";
import { ParleyContext } from "./use-parley";

/**
 * Calls operations through the page's client, or over HTTP on pages without one, such as the settings. While the component is
 * mounted, repeating a change that got no answer uses the same `intentId`, so that the change is made once.
 */
export function useCall(): Call {
  const call = useContext(ParleyContext)?.call ?? api;
  return useMemo(() => keepIntents(call), [call]);
}
