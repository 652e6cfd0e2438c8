import type { Room } from "@/lib/contract/room";

type Named = Pick<Room, "kind" | "name">;

/** A room's name by itself, where its sign stands beside it. */
export function roomName(room: Named): string {
  return room.name ?? "Direct conversation";
}

/** A room's name inside a sentence: "#general". */
export function roomLabel(room: Named): string {
  return room.kind === "direct" ? roomName(room) : `#${roomName(room)}`;
}

export const accessWords: Record<Room["access"], { name: string; hint: string }> = {
  public: { name: "Public", hint: "Everybody in the organization finds it, reads it and may join." },
  restricted: { name: "Restricted", hint: "People in its groups find it and may join." },
  private: { name: "Private", hint: "Only people who were added know of it." },
};

export function peopleCount(count: number): string {
  return count === 1 ? "1 person" : `${count.toLocaleString()} people`;
}
