"use client";
import { ArchiveRestore } from "lucide-react";
import { useEffect, useRef } from "react";
import { useAsker } from "@/components/people/use-asker";
import { touchDevice } from "@/components/shell/use-media";
import { Button } from "@/components/ui/button";
import { focusComposer } from "@/components/ui/return-focus";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { mayUnarchive } from "@/lib/policy/room-settings";
import { useArchive } from "./use-archive";

/** Shown in the place of an archived room's composer, to those who may unarchive the room. */
export default function UnarchiveButton({ item }: { item: RoomListItem }) {
  const { room, membership } = item;
  const unarchive = useArchive(room);
  const wasPressed = useRef(false);
  // The composer takes the button's place, and its focus.
  useEffect(
    () => () => {
      if (wasPressed.current && !matchMedia(touchDevice).matches) focusComposer();
    },
    [],
  );
  if (!mayUnarchive(useAsker(), room, membership).ok) return null;
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
