"use client";
import { Pin } from "lucide-react";
import { MenuItem } from "@/components/ui/menu";
import type { Room } from "@/lib/contract/room";
import { usePins } from "./use-pins";

/** The item of a room's menu that opens its pinned messages. It says how many there are. */
export function PinsItem({ room, onSelect }: { room: Room; onSelect: () => void }) {
  const count = usePins(room).data?.messages.length;
  return (
    <MenuItem icon={<Pin aria-hidden />} trailing={count ? count.toLocaleString() : undefined} onSelect={onSelect}>
      Pinned messages
    </MenuItem>
  );
}
