"use client";
import { ArchiveRestore } from "lucide-react";
import { useEffect, useRef } from "react";
import { touchDevice } from "@/components/shell/use-media";
import { Button } from "@/components/ui/button";
import { focusComposer } from "@/components/ui/return-focus";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { useArchive } from "./use-archive";
import { useRoomOffers } from "./use-room-offers";

/** Shown in the place of an archived room's composer, to those who may unarchive the room. */
export default function UnarchiveButton({ item }: { item: RoomListItem }) {
  const { room } = item;
  const unarchive = useArchive(room);
  const wasPressed = useRef(false);
  // The composer takes the button's place, and its focus.
  useEffect(
    () => () => {
      if (wasPressed.current && !matchMedia(touchDevice).matches) focusComposer();
    },
    [],
  );
  if (!useRoomOffers(item).has("unarchive")) return null;
  return (
    <Button
      icon={<ArchiveRestore aria-hidden />}
      busy={unarchive.isPending}
      onClick={() => {
        wasPressed.current = true;
        void unarchive.run();
      }}
    >
      Unarchive
    </Button>
  );
}
