"use client";
import dynamic from "next/dynamic";
import { useEffect } from "react";
import { RoomScreen } from "@/components/rooms/room-screen";
import { HomeScreen } from "./home-screen";
import { rememberRoom } from "./last-room";
import { usePlace } from "./place";

const BrowseScreen = dynamic(() => import("@/components/rooms/browse-screen"));

/**
 * Shows the place that the address names. Every page of the chat is this component: opening another room only changes the
 * address, without a request to the server.
 */
export function Stage() {
  const place = usePlace();
  useEffect(() => {
    if (place.roomId) rememberRoom(place.roomId);
  }, [place.roomId]);
  if (place.at === "room") return <RoomScreen roomId={place.roomId} panel={place.panel} />;
  return place.at === "browse" ? <BrowseScreen /> : <HomeScreen />;
}
