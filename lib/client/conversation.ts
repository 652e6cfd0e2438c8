import { largestTick } from "@/lib/contract/largest-tick";
import type { RoomState } from "./room-state";
import type { RoomsState } from "./stores/rooms";

/** My conversation with exactly these people, if there is one. */
export function conversationWith({ rooms, me }: RoomsState, personIds: readonly string[]): RoomState | undefined {
  const wanted = [me.id, ...personIds].toSorted().join();
  return [...rooms.values()].find(({ room }) => room.kind === "direct" && room.directIds.toSorted().join() === wanted);
}

/**
 * The others of a conversation that I have left; undefined for any other room. My next message there opens it again, so that I hear
 * of the answers.
 */
export function othersIfLeft({ rooms, me }: RoomsState, roomId: string): string[] | undefined {
  const state = rooms.get(roomId);
  const hasLeft = state?.room.kind === "direct" && state.membership.hiddenUpToSeq === largestTick;
  return hasLeft ? state.room.directIds.filter((id) => id !== me.id) : undefined;
}
