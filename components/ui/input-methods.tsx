"use client";
import { useLayoutEffect } from "react";
import { watchInputMethods } from "./keys";

/** Hides keys of an input method (IME) from the page. Render it once per page, before any component that listens for keys. */
export function InputMethods() {
  useLayoutEffect(watchInputMethods, []);
  return null;
}
