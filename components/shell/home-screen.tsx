"use client";
import { Compass } from "lucide-react";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { useRoomList } from "@/lib/client/hooks/use-room-list";
import { Pane } from "./frame";
import { firstRoom } from "./last-room";
import { browsePath, openPlace, replacePlace, roomPath } from "./place";
import { phone, useMedia } from "./use-media";

/** The start page: on phones the list of rooms, elsewhere it opens the last room. */
export function HomeScreen() {
  const rooms = useRoomList();
  const isPhone = useMedia(phone);
  useEffect(() => {
    if (matchMedia(phone).matches) return;
    const roomId = firstRoom(rooms);
    if (roomId) replacePlace(roomPath(roomId));
  }, [rooms, isPhone]);
  if (rooms.length > 0) return <Pane>{null}</Pane>;
  return (
    <Pane>
      <Empty
        icon={<Compass />}
        title="You're not in any rooms yet"
        actions={
          <Button variant="primary" onClick={() => openPlace(browsePath)}>
            Browse rooms
          </Button>
        }
      >
        Find one to join, or ask someone to add you.
      </Empty>
    </Pane>
  );
}
