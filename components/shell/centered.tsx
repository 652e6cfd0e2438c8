import type { ReactNode } from "react";

/** One message in the middle of the canvas, where there is nothing else to show. */
export function Centered({ children }: { children: ReactNode }) {
  return <main className="flex min-h-dvh">{children}</main>;
}
