"use client";
import dynamic from "next/dynamic";
import { useEffect } from "react";
import { RoomScreen } from "@/components/rooms/room-screen";
import { HomeScreen } from "./home-screen";
import { rememberRoom } from "./last-room";
import { usePlace } from "./place";

const BrowseScreen = dynamic(() => import("@/components/rooms/browse-screen"));

/**
 * What the address names. Every page of the chat is this same component: going from one room to another changes the
 * address without asking the server, and this draws what it now says.
 */
export function Stage() {
  const place = usePlace();
  useEffect(() => {
    if (place.roomId) rememberRoom(place.roomId);
  }, [place.roomId]);
  if (place.at === "room") return <RoomScreen roomId={place.roomId} panel={place.panel} />;
  return place.at === "browse" ? <BrowseScreen /> : <HomeScreen />;
}
