"use client";
import dynamic from "next/dynamic";
import { retrying } from "@/components/ui/on-demand";
import { useConnection } from "@/lib/client/hooks/use-connection";

// Fetched by every page while it connects for the first time, and so it is there when the connection is lost.
const ConnectionState = dynamic(
  retrying(() => import("./connection-state")),
  { ssr: false },
);

/** Reports problems with the connection. It overlays the top of the log, so that the messages don't move. */
export function ConnectionBanner({ className = "absolute inset-x-0 top-bar z-10" }: { className?: string }) {
  const { status, noNetwork, trouble, slowChanges, newVersion, wrongAddress } = useConnection();
  const isWell = status === "online" && !noNetwork && !trouble && slowChanges === 0 && !newVersion && !wrongAddress;
  return isWell ? null : <ConnectionState className={className} />;
}
