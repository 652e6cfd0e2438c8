"use client";
import dynamic from "next/dynamic";
import { useRoom } from "@/lib/client/hooks/use-room";
import type { Panel } from "@/components/shell/place";
import { JoinedRoom } from "./joined-room";

const PreviewRoom = dynamic(() => import("./preview-room"));

/** A room: as its member, or as somebody who may look into it. */
export function RoomScreen({ roomId, panel }: { roomId: string; panel: Panel | null }) {
  const item = useRoom(roomId);
  if (item) return <JoinedRoom key={roomId} item={item} panel={panel} />;
  return <PreviewRoom key={roomId} roomId={roomId} />;
}
