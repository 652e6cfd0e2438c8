"use client";
import { useEffect, useState } from "react";
import { useLater } from "./later";
import type { Toast, ToastOptions } from "./toaster";

const eventName = "parley:toast";
const showToast = (kind: Toast["kind"]) => (text: string, options?: ToastOptions) => {
  dispatchEvent(new CustomEvent<Toast>(eventName, { detail: { kind, text, options } }));
};

/** Shows a short message for some seconds. Do not use it for errors that need an answer. */
export const toast = { info: showToast("info"), success: showToast("success"), error: showToast("error") };

const load = () => import("./toaster");
const prefetchAfterMs = 3000;

/**
 * Shows the toasts. Render it once, at the end of the page. Its code is fetched with the first toast, at the latest three seconds
 * after the page has loaded, so that it can also report a lost connection.
 */
export function Toaster() {
  const [toaster, fetch] = useLater(load);
  const [toasts, setToasts] = useState<Toast[]>([]);

  useEffect(() => {
    const show = (event: Event) => {
      setToasts((before) => [...before, (event as CustomEvent<Toast>).detail]);
      // If the code cannot be fetched, the toast is dropped, because it would be stale later.
      fetch().catch(() => setToasts([]));
    };
    const timer = setTimeout(() => void fetch().catch(() => {}), prefetchAfterMs);
    addEventListener(eventName, show);
    return () => {
      clearTimeout(timer);
      removeEventListener(eventName, show);
    };
  }, [fetch]);

  return toaster && <toaster.Toasts toasts={toasts} />;
}
