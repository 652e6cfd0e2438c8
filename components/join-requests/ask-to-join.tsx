"use client";
import { useRoomOffers } from "@/components/rooms/use-room-offers";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { AskLinkSection } from "./ask-link-section";
import { JoinRequests } from "./join-requests";

/** In a room's details: the pending requests to join, for people who may decide about them. */
export function WaitingRequests({ item }: { item: RoomListItem }) {
  const offers = useRoomOffers(item);
  if (item.requestCount === 0 || !offers.has("seeRequests")) return null;
  return <JoinRequests room={item.room} count={item.requestCount} mayApprove={offers.has("approveRequests")} />;
}

/** In a room's details: the link with which people ask to join, for people who may create it. */
export function AskLink({ item }: { item: RoomListItem }) {
  const offers = useRoomOffers(item);
  if (!offers.has("askLink")) return null;
  return <AskLinkSection room={item.room} mayCreate={offers.has("createAskLink")} />;
}
