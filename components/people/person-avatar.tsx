"use client";
import { Avatar, type AvatarSize } from "@/components/ui/avatar";
import { usePresence } from "@/lib/client/hooks/use-presence";

type PersonAvatarProps = { person: { id: string; name: string }; size?: AvatarSize; className?: string };

/** A person's avatar with their presence. */
export function PersonAvatar({ person, size, className }: PersonAvatarProps) {
  const presence = usePresence(person.id);
  return <Avatar id={person.id} name={person.name} presence={presence} size={size} className={className} />;
}
