"use client";
import { useContext } from "react";
import { api } from "../api";
import type { Call } from "../http";
import { ParleyContext } from "./use-parley";

/** Calls operations: through the page's client where there is one, over HTTP on pages without one, such as settings. */
export function useCall(): Call {
  return useContext(ParleyContext)?.call ?? api;
}
