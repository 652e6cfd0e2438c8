import type { ReactNode } from "react";

/** A page with one message in the middle. */
export function Centered({ children }: { children: ReactNode }) {
  return <main className="flex min-h-dvh">{children}</main>;
}
