"use client";
import { Check, Folder, FolderPlus, Hash, MessageSquare, Star, StarOff } from "lucide-react";
import { useOpenDialog } from "@/components/shell/open-dialog";
import { MenuGroup, MenuItem } from "@/components/ui/menu";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { sectionIdOf } from "@/lib/client/sidebar";
import { isBuiltInSection } from "@/lib/policy/section";
import { sectionName } from "./section-words";
import { useMovedRooms, useSectionChanges, useSections } from "./use-sections";

/** The menu items that put a room into the favourites, or into a section of one's own. */
export function RoomPlaceItems({ item }: { item: RoomListItem }) {
  const sections = useSections();
  const { moveRoom } = useSectionChanges();
  const open = useOpenDialog();
  const { roomId, room } = item;
  const [moved = item] = useMovedRooms([item]);
  const currentId = sectionIdOf(moved, sections);
  const isFavourite = currentId === "favourites";
  const own = sections.filter((section) => !isBuiltInSection(section));
  const isIn = own.some(({ id }) => id === currentId);
  return (
    <>
      <MenuItem
        icon={isFavourite ? <StarOff aria-hidden /> : <Star aria-hidden />}
        onSelect={() => void moveRoom(roomId, isFavourite ? null : "favourites")}
      >
        {isFavourite ? "Remove from favourites" : "Add to favourites"}
      </MenuItem>
      <MenuGroup label="Move to">
        {own.map((section) => (
          <MenuItem
            key={section.id}
            icon={section.emoji ? <span aria-hidden>{section.emoji}</span> : <Folder aria-hidden />}
            trailing={section.id === currentId && <Check aria-label="It's there" className="size-4 text-accent-ink" />}
            onSelect={() => void moveRoom(roomId, section.id)}
          >
            <bdi>{sectionName(section)}</bdi>
          </MenuItem>
        ))}
        {isIn && (
          <MenuItem
            icon={room.kind === "direct" ? <MessageSquare aria-hidden /> : <Hash aria-hidden />}
            onSelect={() => void moveRoom(roomId, null)}
          >
            {room.kind === "direct" ? "Direct messages" : "Rooms"}
          </MenuItem>
        )}
        <MenuItem icon={<FolderPlus aria-hidden />} onSelect={() => open({ kind: "section", roomId })}>
          New section
        </MenuItem>
      </MenuGroup>
    </>
  );
}
