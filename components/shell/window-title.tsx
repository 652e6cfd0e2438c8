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

  useEffect(() => drawBadge(total > 0), [total]);
  // An element instead of `document.title`, which the page's own metadata would overwrite.
  return <title>{`${count}${where}Parley`}</title>;
}
