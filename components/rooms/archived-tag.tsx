import { Tag } from "@/components/ui/tag";
import type { Room } from "@/lib/contract/room";

type ArchivedTagProps = { room: Pick<Room, "archivedAt"> | null; className?: string };

/** Stands beside the name of an archived room, wherever that is shown; nothing beside an open one. */
export function ArchivedTag({ room, className }: ArchivedTagProps) {
  return room?.archivedAt ? <Tag className={className}>Archived</Tag> : null;
}
