"use client";
import { PersonPicture } from "@/components/people/person-avatar";
import { foundBefore } from "@/lib/client/found-before";
import { useQuery } from "@/lib/client/hooks/use-query";
import type { Call } from "@/lib/client/http";
import { foundLimit, FoundPicker, type FoundOption, type FoundPickerProps } from "./found-picker";

/** Chooses a person of the organization, including deactivated people. */
export const PersonPicker = (props: FoundPickerProps) => (
  <FoundPicker {...props} kind="person" useFound={useFoundPeople} />
);

/** Chooses a room of the organization, including archived rooms. */
export const RoomPicker = (props: FoundPickerProps) => <FoundPicker {...props} kind="room" useFound={useFoundRooms} />;

type Find = (call: Call, input: { query: string | undefined; limit: number }) => Promise<FoundOption[]>;

function useFound(text: string, isOpen: boolean, find: Find) {
  const query = text.trim() || undefined;
  const { data, answeredInput, error, isStale } = useQuery(isOpen ? { query, limit: foundLimit } : null, find, {
    afterTyping: query !== undefined,
  });
  const typed = { typed: query, answered: answeredInput?.query };
  const found = data && foundBefore(data, typed, ({ name, detail = "" }) => [name, detail]);
  return { found, error, isStale };
}

const useFoundPeople = (text: string, isOpen: boolean) =>
  useFound(text, isOpen, async (call, input) =>
    (await call("person.administer", input)).people.map(({ person }) => ({
      id: person.id,
      name: person.name,
      detail: `@${person.handle}`,
      icon: <PersonPicture person={person} size={24} />,
    })),
  );

const useFoundRooms = (text: string, isOpen: boolean) =>
  useFound(text, isOpen, async (call, input) =>
    (await call("room.administer", input)).rooms.map(({ room }) => ({ id: room.id, name: `#${room.name ?? ""}` })),
  );
