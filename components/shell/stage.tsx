"use client";
import dynamic from "next/dynamic";
import { useEffect } from "react";
import { RoomScreen } from "@/components/rooms/room-screen";
import { HomeScreen } from "./home-screen";
import { rememberRoom } from "./last-room";
import { useMe } from "@/lib/client/hooks/use-me";
import { usePlace } from "./place";

const AskScreen = dynamic(() => import("@/components/join-requests/ask-screen"));
const BrowseScreen = dynamic(() => import("@/components/rooms/browse-screen"));
const InvitesScreen = dynamic(() => import("@/components/room-invites/invites-screen"));

/**
 * Shows the place that the address names. Every page of the chat is this component: opening another room only changes the
 * address, without a request to the server.
 */
export function Stage() {
  const place = usePlace();
  const { me } = useMe();
  useEffect(() => {
    if (place.roomId) rememberRoom(me.id, place.roomId);
  }, [me.id, place.roomId]);
  if (place.at === "room") return <RoomScreen roomId={place.roomId} panel={place.panel} />;
  if (place.at === "ask") return <AskScreen key={place.token} token={place.token} />;
  if (place.at === "invites") return <InvitesScreen />;
  return place.at === "browse" ? <BrowseScreen /> : <HomeScreen />;
}
