"use client";
import { useRoomOffers } from "@/components/rooms/use-room-offers";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { AskLinkSection } from "./ask-link-section";
import { JoinRequests } from "./join-requests";

/** In a room's details: who asks to join, and the link with which people ask, for those who decide about them. */
export function AskToJoin({ item }: { item: RoomListItem }) {
  const { room, requestCount } = item;
  const offers = useRoomOffers(item);
  return (
    <>
      {requestCount > 0 && offers.has("seeRequests") && <JoinRequests room={room} count={requestCount} />}
      {offers.has("askLink") && <AskLinkSection room={room} />}
    </>
  );
}
