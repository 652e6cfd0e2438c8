"use client";
import dynamic from "next/dynamic";
import { useRoom } from "@/lib/client/hooks/use-room";
import { MissingScreen } from "@/components/shell/missing";
import { retrying } from "@/components/ui/on-demand";
import type { Panel } from "@/components/shell/place";
import { JoinedRoom } from "./joined-room";

const PreviewRoom = dynamic(
  retrying(() => import("./preview-room"), MissingScreen),
  { loading: () => null },
);

type RoomScreenProps = { roomId: string; panel: Panel | null; threadId: string | null };

/** A room for its members, or its preview for other people. */
export function RoomScreen({ roomId, panel, threadId }: RoomScreenProps) {
  const item = useRoom(roomId);
  if (item) return <JoinedRoom key={roomId} item={item} panel={panel} threadId={threadId} />;
  return <PreviewRoom key={roomId} roomId={roomId} threadId={threadId} />;
}
