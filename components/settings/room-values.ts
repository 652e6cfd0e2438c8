import type { Room } from "@/lib/contract/room";
import type { PostingPolicy, RoomAccess, RoomHistory } from "@/lib/contract/room-role";

/** The values that the room form changes. */
export interface RoomValues {
  name: string;
  topic: string;
  description: string;
  postingPolicy: PostingPolicy;
  membersSetTopic: boolean | null;
  membersAddPeople: boolean | null;
  membersPin: boolean | null;
  membersMentionEveryone: boolean | null;
  history: RoomHistory;
  notices: boolean;
  access: RoomAccess;
  /** The groups of a restricted room. Joined into one string, so that the form can compare it. */
  groupIds: string;
  /** Whether newcomers see earlier messages when the room stops being private. */
  showEarlier: boolean;
}

export const textOfIds = (ids: readonly string[]): string => ids.toSorted().join(" ");
export const idsOf = (text: string): string[] => (text === "" ? [] : text.split(" "));

export function valuesOf(room: Room): RoomValues {
  const { name, topic, description, postingPolicy, history, notices, access } = room;
  const { membersSetTopic, membersAddPeople, membersPin, membersMentionEveryone } = room;
  return {
    name: name ?? "",
    topic,
    description,
    postingPolicy,
    membersSetTopic,
    membersAddPeople,
    membersPin,
    membersMentionEveryone,
    history,
    notices,
    access,
    groupIds: textOfIds(room.groupIds),
    showEarlier: false,
  };
}
