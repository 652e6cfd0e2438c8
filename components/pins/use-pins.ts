"use client";
import { useQuery } from "@/lib/client/hooks/use-query";
import type { Room } from "@/lib/contract/room";

/** The pinned messages of a room. They are loaded again whenever the room says that they changed. */
export function usePins({ id: roomId, pinsSeq }: Pick<Room, "id" | "pinsSeq">) {
  return useQuery({ roomId }, (call, input) => call("pin.list", input), { version: pinsSeq });
}
