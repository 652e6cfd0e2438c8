"use client";
import dynamic from "next/dynamic";
import { useEffect } from "react";
import { RoomScreen } from "@/components/rooms/room-screen";
import { HomeScreen } from "./home-screen";
import { rememberRoom } from "./last-room";
import { useMe } from "@/lib/client/hooks/use-me";
import { usePlace } from "./place";

const BrowseScreen = dynamic(() => import("@/components/rooms/browse-screen"));

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
  return place.at === "browse" ? <BrowseScreen /> : <HomeScreen />;
}
