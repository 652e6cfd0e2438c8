import { useAsker } from "@/components/people/use-asker";
import type { Membership, Room } from "@/lib/contract/room";
import { lossesOfLeaving } from "@/lib/policy/room";
import { useInGroup } from "./use-in-group";

/** What I would not have again if I left a room and came back. */
export function useLosses(room: Room, membership: Membership) {
  return lossesOfLeaving(useAsker(), room, membership, useInGroup(room));
}
