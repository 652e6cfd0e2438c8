"use client";
import { Compass } from "lucide-react";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { useMe } from "@/lib/client/hooks/use-me";
import { useRoomList } from "@/lib/client/hooks/use-room-list";
import { isListed } from "@/lib/client/room-list";
import { Pane } from "./frame";
import { firstRoom } from "./last-room";
import { isStillAt, openPlace, replacePlace, usePaths } from "./place";
import { phone, useMedia } from "./use-media";

/** The start page. On phones it is the list of rooms; elsewhere it opens the last visited room. */
export function HomeScreen() {
  const rooms = useRoomList();
  const { me } = useMe();
  const paths = usePaths();
  const isPhone = useMedia(phone);
  useEffect(() => {
    // The next place may be in the address already, while this one is still on the screen.
    if (matchMedia(phone).matches || !isStillAt(paths.home)) return;
    const roomId = firstRoom(me.id, rooms.filter(isListed));
    if (roomId) replacePlace(paths.room(roomId));
  }, [rooms, isPhone, me.id, paths]);
  if (rooms.length > 0) return <Pane>{null}</Pane>;
  return (
    <Pane>
      <Empty
        icon={<Compass />}
        title="You're not in any rooms yet"
        actions={
          <Button variant="primary" onClick={() => openPlace(paths.browse)}>
            Browse rooms
          </Button>
        }
      >
        Find one to join, or ask someone to add you.
      </Empty>
    </Pane>
  );
}
