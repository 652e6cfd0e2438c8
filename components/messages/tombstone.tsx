import { Trash2 } from "lucide-react";

/** Shown in the place of a deleted message. */
export function Tombstone({ id }: { id?: string }) {
  return (
    <p id={id} className="flex min-h-[22px] items-center gap-[7px] text-ui text-ink-faint">
      <Trash2 aria-hidden className="size-3.5" />
      This message was deleted
    </p>
  );
}
