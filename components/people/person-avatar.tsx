"use client";
import { usePaths } from "@/components/shell/place";
import { cn } from "@/components/ui/cn";
import { Avatar, type AvatarProps } from "@/components/ui/avatar";
import { usePresence } from "@/lib/client/hooks/use-presence";
import type { Person } from "@/lib/contract/person";

type PersonAvatarProps = Pick<AvatarProps, "size" | "cardOf" | "className"> & {
  person: Pick<Person, "id" | "name" | "picture"> & Partial<Pick<Person, "deactivatedAt">>;
};

/** A person's picture, or the initials of their name. */
export function PersonPicture({ person, size = 36, ...props }: PersonAvatarProps & Pick<AvatarProps, "presence">) {
  const { id, name, picture } = person;
  const paths = usePaths();
  const src = picture && paths.picture("person", id, picture, size > 48 ? 256 : 96);
  return <Avatar id={id} name={name} src={src} size={size} {...props} />;
}

/** `PersonPicture` with the person's presence. Somebody who is deactivated has none, and their picture is grey. */
export function PersonAvatar({ person, className, ...props }: PersonAvatarProps) {
  const presence = usePresence(person.id);
  if (person.deactivatedAt) return <PersonPicture {...props} person={person} className={cn("grayscale", className)} />;
  return <PersonPicture {...props} person={person} className={className} presence={presence} />;
}
