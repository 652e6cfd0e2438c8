import { Tag } from "@/components/ui/tag";
import type { Room } from "@/lib/contract/room";

type ArchivedTagProps = { room: Pick<Room, "archivedAt"> | null; className?: string };

/** The tag beside the name of an archived room; nothing for other rooms. */
export function ArchivedTag({ room, className }: ArchivedTagProps) {
  return room?.archivedAt ? <Tag className={className}>Archived</Tag> : null;
}
