"use client";
import { useParams, usePathname, useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { type Paths, pathsOf } from "@/lib/contract/paths";

export type Panel = "members" | "details";
/** The current place in the chat, read from the address. */
export type Place =
  | { at: "home" | "browse" | "invites"; roomId: null; panel: null }
  /** The page that an ask link opens, where a person can ask to join a room. */
  | { at: "ask"; token: string; roomId: null; panel: null }
  | { at: "room"; roomId: string; panel: Panel | null };

/** The paths of the organization that the page's address names. */
export function usePaths(): Paths {
  const { organization } = useParams<{ organization: string }>();
  return useMemo(() => pathsOf(organization), [organization]);
}

export function usePlace(): Place {
  const pathname = usePathname();
  const panel = useSearchParams().get("panel");
  const roomId = /^\/o\/[^/]+\/rooms\/([^/]+)/.exec(pathname)?.[1];
  const { browse, invites } = usePaths();
  if (roomId) return { at: "room", roomId, panel: panel === "members" || panel === "details" ? panel : null };
  const token = /^\/o\/[^/]+\/ask\/([^/]+)/.exec(pathname)?.[1];
  if (token) return { at: "ask", token, roomId: null, panel: null };
  const at = pathname === browse ? "browse" : pathname === invites ? "invites" : "home";
  return { at, roomId: null, panel: null };
}

/** Goes to another place in the chat without a request to the server. */
export function openPlace(path: string) {
  if (path !== location.pathname + location.search) history.pushState(null, "", path);
}

/** Like `openPlace`, but replaces the current entry of the browser's history. */
export function replacePlace(path: string) {
  history.replaceState(null, "", path);
}
