import type { Room } from "@/lib/contract/room";

type Named = Pick<Room, "kind" | "name">;

/** A room's name without a sign, for places that show the room's icon. */
export function roomName(room: Named): string {
  return room.name ?? "Direct message";
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
