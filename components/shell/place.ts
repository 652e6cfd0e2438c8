"use client";
import { useParams, usePathname, useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { type Paths, pathsOf } from "@/lib/contract/paths";
import { panelCoversRoom } from "./use-media";

export type Panel = "members" | "details" | "pins";
const panels: readonly string[] = ["members", "details", "pins"] satisfies Panel[];
/** The current place in the chat, read from the address. */
export type Place =
  | { at: "home" | "browse" | "drafts" | "newMessage" | "invites"; roomId: null; panel: null }
  /** The page that an ask link opens, where a person can ask to join a room. */
  | { at: "ask"; token: string; roomId: null; panel: null }
  /** `profileId` is the person whose profile is shown beside the page. */
  | { at: "people"; roomId: null; panel: null; profileId: string | null }
  /** The page that a link to a message opens. */
  | { at: "message"; messageId: string; roomId: null; panel: null }
  /** `open` is the thread that is shown beside the page. `replyId` is a reply in it to show and mark. */
  | {
      at: "threads";
      roomId: null;
      panel: null;
      open: { roomId: string; threadId: string } | null;
      replyId: string | null;
    }
  /** `messageId` is a message to show and mark, and `replyId` one in the thread. */
  | {
      at: "room";
      roomId: string;
      panel: Panel | null;
      threadId: string | null;
      profileId: string | null;
      messageId: string | null;
      replyId: string | null;
    };

/** The thread beside the page. */
export function openThread(place: Place): { roomId: string; threadId: string } | null {
  if (place.at === "threads") return place.open;
  return place.at === "room" && place.threadId ? { roomId: place.roomId, threadId: place.threadId } : null;
}

/** Whether a panel, a thread or a profile is beside the room. */
export const hasPanel = (place: Place): boolean =>
  place.at === "room" && Boolean(place.panel ?? place.threadId ?? place.profileId);

/** The paths of the organization that the page's address names. */
export function usePaths(): Paths {
  const { organization } = useParams<{ organization: string }>();
  return useMemo(() => pathsOf(organization), [organization]);
}

export function usePlace(): Place {
  const pathname = usePathname();
  const search = useSearchParams();
  const panel = search.get("panel");
  const idIn = (name: string) => /^[0-9a-f-]{36}$/.exec(search.get(name) ?? "")?.[0] ?? null;
  const profileId = idIn("profile");
  const roomId = /^\/o\/[^/]+\/rooms\/([^/]+)/.exec(pathname)?.[1];
  const replyId = search.get("reply");
  const { browse, drafts, invites, newMessage, people, threads } = usePaths();
  if (roomId) {
    const isPanel = profileId === null && panel !== null && panels.includes(panel);
    return {
      at: "room",
      roomId,
      panel: isPanel ? (panel as Panel) : null,
      threadId: profileId === null ? idIn("thread") : null,
      profileId,
      messageId: search.get("message"),
      replyId,
    };
  }
  if (pathname === threads) {
    const [openRoomId, threadId] = [idIn("room"), idIn("thread")];
    const open = openRoomId && threadId ? { roomId: openRoomId, threadId } : null;
    return { at: "threads", roomId: null, panel: null, open, replyId };
  }
  if (pathname === people) return { at: "people", roomId: null, panel: null, profileId };
  const messageId = /^\/o\/[^/]+\/m\/([^/]+)/.exec(pathname)?.[1];
  if (messageId) return { at: "message", messageId, roomId: null, panel: null };
  const token = /^\/o\/[^/]+\/ask\/([^/]+)/.exec(pathname)?.[1];
  if (token) return { at: "ask", token, roomId: null, panel: null };
  const pages = { [browse]: "browse", [drafts]: "drafts", [newMessage]: "newMessage", [invites]: "invites" } as const;
  return { at: pages[pathname] ?? "home", roomId: null, panel: null };
}

/**
 * The query of a page with someone's profile beside it. Null: without what is beside it now. A thread that a profile covers comes
 * back.
 */
export function queryWithProfile(search: URLSearchParams, personId: string | null): URLSearchParams {
  const params = new URLSearchParams(search);
  const isThreadShown = !params.has("profile");
  for (const name of ["panel", "message", "reply"]) params.delete(name);
  if (personId) params.set("profile", personId);
  else for (const name of isThreadShown ? ["thread", "room"] : ["profile"]) params.delete(name);
  return params;
}

/**
 * Returns a function for the address of the current page with someone's profile beside it; null: without what is beside it now.
 * Pages that have no room for it lead to the page of people.
 */
export function useProfilePath(): (personId: string | null) => string {
  const place = usePlace();
  const pathname = usePathname();
  const search = useSearchParams();
  const paths = usePaths();
  return (personId) => {
    if (personId && place.at !== "room" && place.at !== "people") return paths.profile(personId);
    const params = queryWithProfile(search, personId);
    return params.size > 0 ? `${pathname}?${params}` : pathname;
  };
}

/** Goes to another place in the chat without a request to the server. */
export function openPlace(path: string) {
  if (path === location.pathname + location.search) return;
  // Of a dialog, nothing stays in the history.
  if (isDialogEntry()) history.replaceState(null, "", path);
  else history.pushState(null, "", path);
}

/** Whether the browser is at the history entry of dialogs (see `useBackCloses`). */
export const isDialogEntry = (): boolean => Boolean(history.state?.isDialog);

/** Adds a history entry for dialogs, at the same address. Next.js needs its own part of the state. */
export const pushDialogEntry = () => history.pushState({ ...history.state, isDialog: true }, "");

/** Whether the address is still this one. An answer that comes late must not take people away from where they have gone meanwhile. */
export const isStillAt = (path: string): boolean => location.pathname === path;

/** Like `openPlace`, but replaces the current history entry. An entry of dialogs stays one, so Back still skips it. */
export function replacePlace(path: string) {
  history.replaceState(isDialogEntry() ? { isDialog: true } : null, "", path);
}

/** What a log on the screen is asked to show and mark: a message of the room, or a reply of the thread. */
export type Sought = "message" | "reply";

/**
 * Shows a message in a log on the screen and marks it. Null: it was shown, or not found. Where a panel covers the room, it closes to
 * show the room.
 */
export function seekMessage(messageId: string | null, as: Sought = "message") {
  const params = new URLSearchParams(location.search);
  if (messageId && as === "message" && matchMedia(panelCoversRoom).matches)
    for (const name of ["panel", "profile", "thread"]) params.delete(name);
  if (messageId) params.set(as, messageId);
  else params.delete(as);
  replacePlace(params.size > 0 ? `${location.pathname}?${params}` : location.pathname);
}
