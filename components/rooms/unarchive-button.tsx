"use client";
import { ArchiveRestore } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { useArchive } from "./use-archive";
import { useRoomOffers } from "./use-room-offers";

/** Shown instead of an archived room's composer to people who may unarchive the room. */
export default function UnarchiveButton({ item }: { item: RoomListItem }) {
  const { room } = item;
  const unarchive = useArchive(room);
  if (!useRoomOffers(item).has("unarchive")) return null;
  return (
    <Button icon={<ArchiveRestore aria-hidden />} busy={unarchive.isPending} onClick={() => void unarchive.run()}>
      Unarchive
    </Button>
  );
}
