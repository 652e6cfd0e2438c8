"use client";
import { useEffect } from "react";
import { useRoomTitles } from "@/components/rooms/use-room-title";
import { useRoomList } from "@/lib/client/hooks/use-room-list";
import { useUnread } from "@/lib/client/hooks/use-unread";
import { drawBadge } from "./favicon";
import { usePlace } from "./place";

/** Sets the window's title, such as "(3) #general · Parley", and a dot on the favicon while something is unread. */
export function WindowTitle() {
  const { total } = useUnread();
  const place = usePlace();
  const room = useRoomList().find((item) => item.roomId === place.roomId)?.room;
  const pages = {
    home: "",
    browse: "Browse rooms · ",
    people: "People · ",
    drafts: "Drafts · ",
    newMessage: "New message · ",
    invites: "Invites · ",
    threads: "Threads · ",
    ask: "Ask to join · ",
    message: "Message · ",
    room: "",
  };
  const titleOf = useRoomTitles(room ? [room] : []);
  const where = room ? `${room.kind === "direct" ? "" : "#"}${titleOf(room)} · ` : pages[place.at];
  const count = total > 99 ? "(99+) " : total > 0 ? `(${total}) ` : "";

  const title = `${count}${where}Parley`;

  useEffect(() => drawBadge(total > 0), [total]);
  useEffect(() => keepTitle(title), [title]);
  return <title>{title}</title>;
}

/**
 * Keeps our text in the document's first <title>, which is the one that the browser shows. The page's metadata and React also
 * insert titles: React leaves a second one behind when it restarts hydration. Returns a function that stops watching.
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
