"use client";
import { usePaths } from "@/components/shell/place";
import { Avatar, type AvatarProps } from "@/components/ui/avatar";
import { usePresence } from "@/lib/client/hooks/use-presence";
import type { Person } from "@/lib/contract/person";

type PersonAvatarProps = Pick<AvatarProps, "size" | "cardOf" | "className"> & {
  person: Pick<Person, "id" | "name" | "picture">;
};

/** A person's picture, or the initials of their name. */
export function PersonPicture({ person, size = 36, ...props }: PersonAvatarProps & Pick<AvatarProps, "presence">) {
  const { id, name, picture } = person;
  const paths = usePaths();
  const src = picture && paths.picture("person", id, picture, size > 48 ? 256 : 96);
  return <Avatar id={id} name={name} src={src} size={size} {...props} />;
}

/** `PersonPicture` with the person's presence. */
export function PersonAvatar(props: PersonAvatarProps) {
  return <PersonPicture {...props} presence={usePresence(props.person.id)} />;
}
