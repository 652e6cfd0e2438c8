"use client";
import { useAsker } from "@/components/people/use-asker";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { mayRunAskLink, maySeeJoinRequests } from "@/lib/policy/join-request";
import { AskLinkSection } from "./ask-link-section";
import { JoinRequests } from "./join-requests";

/** In a room's details: who asks to join, and the link with which people ask, for those who decide about them. */
export function AskToJoin({ item }: { item: RoomListItem }) {
  const { room, membership, requestCount } = item;
  const asker = useAsker();
  return (
    <>
      {requestCount > 0 && maySeeJoinRequests(asker, membership).ok && (
        <JoinRequests room={room} count={requestCount} />
      )}
      {mayRunAskLink(asker, room, membership).ok && <AskLinkSection room={room} />}
    </>
  );
}
