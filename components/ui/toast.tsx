"use client";
import { useEffect, useState } from "react";
import { useLater } from "./later";
import type { Toast, ToastOptions } from "./toaster";

const asked = "parley:toast";
const ask = (kind: Toast["kind"]) => (text: string, options?: ToastOptions) => {
  dispatchEvent(new CustomEvent<Toast>(asked, { detail: { kind, text, options } }));
};

/** A sentence about what has just happened, for a moment. Errors that need an answer belong on the screen, not here. */
export const toast = { info: ask("info"), success: ask("success"), error: ask("error") };

const load = () => import("./toaster");
const restMs = 3000;

/** Once, at the end of the page. What draws toasts is fetched with the first, or when the page has come to rest: a lost network must be told too. */
export function Toaster() {
  const [toaster, fetch] = useLater(load);
  const [toasts, setToasts] = useState<Toast[]>([]);

  useEffect(() => {
    const hear = (event: Event) => {
      setToasts((before) => [...before, (event as CustomEvent<Toast>).detail]);
      // Later it would be no news any more.
      fetch().catch(() => setToasts([]));
    };
    const timer = setTimeout(() => void fetch().catch(() => {}), restMs);
    addEventListener(asked, hear);
    return () => {
      clearTimeout(timer);
      removeEventListener(asked, hear);
    };
  }, [fetch]);

  return toaster && <toaster.Toasts toasts={toasts} />;
}
