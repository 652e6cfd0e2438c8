"use client";
import { useContext, useMemo } from "react";
import { api } from "../api";
import type { Call } from "../http";
import { keepIntents } from "../intents";
import { ParleyContext } from "./use-parley";

/**
 * Calls operations through the page's client, or over HTTP on pages without one, such as the settings. If a change got no answer,
 * the mounted component can repeat it: the request has the same `intentId`, so the server makes the change once.
 */
export function useCall(): Call {
  const call = useContext(ParleyContext)?.call ?? api;
  return useMemo(() => keepIntents(call), [call]);
}
