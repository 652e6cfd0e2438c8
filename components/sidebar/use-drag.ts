"use client";
import { type PointerEvent, type RefObject, useEffect, useEffectEvent, useState } from "react";
import { useRoomList } from "@/lib/client/hooks/use-room-list";
import { useMovedRooms, useSectionChanges, useSections } from "./use-sections";

/**
 * Lets rooms and sections of the list be dragged. The code is loaded when a mouse or pen first reaches the list: call the returned
 * handler then.
 */
export function useDrag(list: RefObject<HTMLElement | null>): (event: PointerEvent) => void {
  const { update, moveRoom } = useSectionChanges();
  const sections = useSections();
  const rooms = useMovedRooms(useRoomList());
  const [isWanted, setWanted] = useState(false);

  const itemOf = (roomId: string) => rooms.find((each) => each.roomId === roomId);
  /** The section of rooms without a section of their own, by the kind of the room. */
  const usualFor = (roomId: string) => (itemOf(roomId)?.room.kind === "direct" ? "directs" : "rooms");
  const isTarget = useEffectEvent(
    (roomId: string, sectionId: string) =>
      (sectionId !== "rooms" && sectionId !== "directs") || sectionId === usualFor(roomId),
  );
  const onRoom = useEffectEvent((roomId: string, sectionId: string) => {
    const item = itemOf(roomId);
    const next = sectionId === usualFor(roomId) ? null : sectionId;
    if (item && (item.membership.sectionId ?? null) !== next) void moveRoom(roomId, next);
  });
  const onSection = useEffectEvent((sectionId: string, beforeSectionId: string | null) => {
    const at = sections.findIndex(({ id }) => id === sectionId);
    const isThere = beforeSectionId === sectionId || (sections[at + 1]?.id ?? null) === beforeSectionId;
    if (!isThere) void update(sectionId, { beforeSectionId });
  });

  useEffect(() => {
    if (!isWanted) return;
    let stop: (() => void) | undefined;
    let isOver = false;
    void import("./drag").then(
      ({ watchDrags }) => {
        if (!isOver && list.current) stop = watchDrags(list.current, { onRoom, isTarget, onSection });
      },
      () => setWanted(false),
    );
    return () => {
      isOver = true;
      stop?.();
    };
  }, [isWanted, list]);
  return ({ pointerType }) => pointerType !== "touch" && setWanted(true);
}
