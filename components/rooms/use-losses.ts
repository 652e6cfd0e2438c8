import { useAsker } from "@/components/people/use-asker";
import type { Membership, Room } from "@/lib/contract/room";
import { lossesOfLeaving } from "@/lib/policy/room";
import { useInGroup } from "./use-in-group";

/** What I would lose by leaving a room and would not get back by rejoining. */
export function useLosses(room: Room, membership: Membership) {
  return lossesOfLeaving(useAsker(), room, membership, useInGroup(room));
}
