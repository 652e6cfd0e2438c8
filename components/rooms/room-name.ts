import { compareOrder, nameOrder } from "@/lib/contract/name-order";
import type { Person } from "@/lib/contract/person";
import type { Room } from "@/lib/contract/room";

type Named = Pick<Room, "kind" | "name">;
/** The fields from which a room's title is made. A direct room is named after its people. */
export type TitledRoom = Named & Pick<Room, "directIds">;

export const notesToSelf = "Notes to self";

/** A room's name without the #, for places that show the room's icon. */
export function roomName(room: Named): string {
  return room.name ?? "Direct message";
}

/**
 * The name of a room that I am in. A direct room is named after the other people: one by the full name, several by first names.
 * People who are not loaded yet are "Someone".
 */
export function roomTitle(room: TitledRoom, people: ReadonlyMap<string, Pick<Person, "name">>, myId: string): string {
  if (room.kind !== "direct") return roomName(room);
  const names = othersIn(room, myId).map((id) => people.get(id)?.name ?? "Someone");
  if (names.length <= 1) return names[0] ?? notesToSelf;
  const sorted = names.toSorted((a, b) => compareOrder(nameOrder(a), nameOrder(b)));
  return sorted.map((name) => name.split(" ")[0]).join(", ");
}

/** The people of a direct room besides me. */
export const othersIn = ({ directIds }: Pick<Room, "directIds">, myId: string): string[] =>
  directIds.filter((id) => id !== myId);

/** The other person of a direct room of two; null for any other room. */
export function onlyOtherIn(room: Pick<Room, "directIds">, myId: string): string | null {
  const others = othersIn(room, myId);
  return others.length === 1 ? (others[0] ?? null) : null;
}

/** A room's name inside a sentence: "#general". */
export function roomLabel(room: Named): string {
  return room.kind === "direct" ? roomName(room) : `#${roomName(room)}`;
}

export const accessWords: Record<Room["access"], { name: string; hint: string }> = {
  public: { name: "Public", hint: "Everyone in the organization can find, read and join it." },
  restricted: { name: "Restricted", hint: "People in its groups can find and join it." },
  private: { name: "Private", hint: "Hidden. People join only when added." },
};

export function peopleCount(count: number): string {
  return count === 1 ? "1 person" : `${count.toLocaleString()} people`;
}
