"use client";
import { CircleAlert, CircleCheck, Info } from "lucide-react";
import { useEffect, useRef } from "react";
import { Toaster as Sonner, toast as show } from "sonner";

export type ToastOptions = {
  /** One button, such as "Undo" or "Open". */
  action?: { label: string; onClick: () => void };
  description?: string;
  /** A toast replaces an earlier one with the same id. */
  id?: string;
};
export type Toast = { kind: "info" | "success" | "error"; text: string; options?: ToastOptions };

/** Shows each toast once, in the order in which they were added. */
export function Toasts({ toasts }: { toasts: readonly Toast[] }) {
  const shown = useRef(0);
  useEffect(() => {
    for (const { kind, text, options } of toasts.slice(shown.current)) {
      // Actions and errors take longer to read.
      show[kind](text, { ...options, duration: options?.action || kind === "error" ? 8000 : 4000 });
    }
    shown.current = toasts.length;
  }, [toasts]);

  return (
    <Sonner
      position="bottom-center"
      visibleToasts={3}
      gap={8}
      icons={{
        success: <CircleCheck aria-hidden className="size-4 text-success-ink" />,
        error: <CircleAlert aria-hidden className="size-4 text-danger-ink" />,
        info: <Info aria-hidden className="size-4 text-ink-soft" />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex min-h-11 w-full items-center gap-2.5 rounded-card bg-surface-raised py-2 pr-2 pl-3.5 font-sans text-ui text-ink shadow-popover",
          content: "own-box min-w-0 flex-1 pr-1.5 wrap-anywhere",
          description: "text-sm text-ink-soft",
          actionButton:
            "inline-flex h-7 flex-none items-center rounded-control px-2.5 text-sm font-medium text-ink-soft hover:bg-hover hover:text-ink max-md:h-touch",
        },
      }}
    />
  );
}
