"use client";
import { useLayoutEffect } from "react";
import { watchInputMethods } from "./keys";

/** Keeps keys that belong to an input method from the page. Render it once per page, before anything that listens for keys. */
export function InputMethods() {
  useLayoutEffect(watchInputMethods, []);
  return null;
}
