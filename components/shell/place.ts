"use client";
import { usePathname, useSearchParams } from "next/navigation";

export type Panel = "members" | "details";
/** The current place in the chat, read from the address. */
export type Place =
  | { at: "home" | "browse"; roomId: null; panel: null }
  | { at: "room"; roomId: string; panel: Panel | null };

export const browsePath = "/browse";

export function roomPath(roomId: string, panel?: Panel | null): string {
  return panel ? `/rooms/${roomId}?panel=${panel}` : `/rooms/${roomId}`;
}

/** The place that an address names. */
export function placeOf(pathname: string, panel: string | null): Place {
  const roomId = /^\/rooms\/([^/]+)/.exec(pathname)?.[1];
  if (roomId) return { at: "room", roomId, panel: panel === "members" || panel === "details" ? panel : null };
  return { at: pathname.startsWith(browsePath) ? "browse" : "home", roomId: null, panel: null };
}

export function usePlace(): Place {
  const pathname = usePathname();
  return placeOf(pathname, useSearchParams().get("panel"));
}

/** Opens another place of the chat without a request to the server. */
export function openPlace(path: string) {
  if (path !== location.pathname + location.search) history.pushState(null, "", path);
}

/** Opens another place of the chat like `openPlace`, without a new entry in the browser's history. */
export function replacePlace(path: string) {
  history.replaceState(null, "", path);
}
