"use client";
import { CircleAlert, CircleCheck, Info } from "lucide-react";
import { Toaster as Sonner, toast as show } from "sonner";

/** Once, at the end of the page. */
export function Toaster() {
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
          content: "min-w-0 flex-1 pr-1.5 wrap-anywhere",
          description: "text-sm text-ink-soft",
          actionButton:
            "inline-flex h-7 flex-none items-center rounded-control px-2.5 text-sm font-medium text-ink-soft hover:bg-hover hover:text-ink max-md:h-touch",
        },
      }}
    />
  );
}

type ToastOptions = {
  /** One way back or onward: "Undo", "Open". */
  action?: { label: string; onClick: () => void };
  description?: string;
  /** The same id replaces what it said before. */
  id?: string;
};

// With an action there is something to decide, so there is more time.
const time = (options?: ToastOptions) => ({ ...options, duration: options?.action ? 8000 : 4000 });

/** A sentence about what has just happened, for a moment. Errors that need an answer belong on the screen, not here. */
export const toast = {
  info: (text: string, options?: ToastOptions) => show.info(text, time(options)),
  success: (text: string, options?: ToastOptions) => show.success(text, time(options)),
  error: (text: string, options?: ToastOptions) => show.error(text, { ...time(options), duration: 8000 }),
  dismiss: (id?: string) => show.dismiss(id),
};
