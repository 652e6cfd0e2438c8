import { RoomHistory } from "@/lib/contract/room-role";

/** What newcomers see of a room. */
export const historyWords: Record<RoomHistory, string> = {
  everything: "All messages",
  fromJoining: "Only later messages",
};
export const historyOptions = RoomHistory.options.map((value) => ({ value, label: historyWords[value] }));
