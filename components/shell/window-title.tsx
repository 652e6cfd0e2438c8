"use client";
import { useEffect } from "react";
import { useRoomTitles } from "@/components/rooms/use-room-title";
import { useRoomList } from "@/lib/client/hooks/use-room-list";
import { useUnread } from "@/lib/client/hooks/use-unread";
import { drawBadge } from "./favicon";
import { usePlace } from "./place";

/** The window's title, "(3) #general · Parley", and a dot on the favicon while something is unread. */
export function WindowTitle() {
  const { total } = useUnread();
  const place = usePlace();
  const room = useRoomList().find((item) => item.roomId === place.roomId)?.room;
  const pages = { home: "", browse: "Browse rooms · ", invites: "Invites · ", ask: "Ask to join · ", room: "" };
  const titleOf = useRoomTitles(room ? [room] : []);
  const where = room ? `${room.kind === "direct" ? "" : "#"}${titleOf(room)} · ` : pages[place.at];
  const count = total > 99 ? "(99+) " : total > 0 ? `(${total}) ` : "";

  const title = `${count}${where}Parley`;

  useEffect(() => drawBadge(total > 0), [total]);
  useEffect(() => keepTitle(title), [title]);
  return <title>{title}</title>;
}

/**
 * Keeps the window's title, although others put a title into the head, too: the page's metadata, and React, which leaves one behind if it
 * begins to hydrate the page again. The browser shows the first. Returns a function that stops this.
 */
function keepTitle(title: string): () => void {
  const keep = () => {
    const first = document.head.querySelector("title");
    if (first && first.textContent !== title) first.textContent = title;
  };
  keep();
  const observer = new MutationObserver(keep);
  observer.observe(document.head, { childList: true, subtree: true, characterData: true });
  return () => observer.disconnect();
}
