"use client";
import { NotebookPen } from "lucide-react";
import { PersonAvatar } from "@/components/people/person-avatar";
import type { AvatarSize } from "@/components/ui/avatar";
import { cn } from "@/components/ui/cn";
import { useMe } from "@/lib/client/hooks/use-me";
import { usePerson } from "@/lib/client/hooks/use-person";
import type { Room } from "@/lib/contract/room";
import { onlyOtherIn, othersIn } from "./room-name";

/** The sizes of the tiles shown instead of an avatar. Tailwind finds only class names that are written out in full. */
const tileSizes = { 20: "size-5", 28: "size-7", 40: "size-10", 48: "size-12" };
type DirectIconProps = {
  room: Pick<Room, "id" | "directIds">;
  size?: AvatarSize & keyof typeof tileSizes;
  /** Whether clicking the other person's avatar opens their card. */
  opensCard?: boolean;
  className?: string;
};

/** The icon of a direct room: the other person with their presence, the number of others, or a notebook for notes to self. */
export function DirectIcon({ room, size = 20, opensCard = false, className }: DirectIconProps) {
  const { me } = useMe();
  const others = othersIn(room, me.id);
  const onlyId = onlyOtherIn(room, me.id);
  const person = usePerson(onlyId ?? null);
  if (onlyId)
    return (
      <PersonAvatar
        person={person ?? { id: onlyId, name: "", picture: null }}
        size={size}
        cardOf={opensCard ? onlyId : null}
        className={className}
      />
    );
  return (
    <span
      aria-hidden
      className={cn(
        "grid flex-none place-items-center rounded-[25%] font-semibold leading-none tabular-nums",
        size === 20 ? "text-2xs" : "text-sm",
        tileSizes[size],
        others.length === 0 ? "bg-warning-soft text-warning-ink" : "bg-accent-soft text-accent-ink",
        className,
      )}
    >
      {others.length === 0 ? <NotebookPen className="size-[62%]" /> : others.length}
    </span>
  );
}
