"use client";
import { useAsker } from "@/components/people/use-asker";
import type { MembershipSubject, RoomSubject } from "@/lib/policy/room";
import { offeredIn } from "./room-offers";

/** The keys of the actions that the viewer is offered in a room. */
export function useRoomOffers({ room, membership }: { room: RoomSubject; membership: MembershipSubject | null }) {
  return offeredIn({ asker: useAsker(), room, membership });
}
