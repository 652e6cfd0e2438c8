import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

/** The translucent header over a pane's scrolling content. */
export function Bar({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <div
      className={cn(
        "glass-bar absolute inset-x-0 top-0 z-20 flex h-bar items-center gap-1 border-b pr-3 pl-5 max-md:pr-1 max-md:pl-1",
        className,
      )}
    >
      {children}
    </div>
  );
}

/** A column of the main area, with the `Bar` on top. */
export function Pane({ className, children }: { className?: string; children: ReactNode }) {
  return <div className={cn("relative flex min-h-0 min-w-0 flex-1 flex-col", className)}>{children}</div>;
}
