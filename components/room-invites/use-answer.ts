"use client";
import { openPlace, replacePlace, usePaths } from "@/components/shell/place";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import { type Mutation, useMutation } from "@/lib/client/hooks/use-mutation";
import type { RoomInvite } from "@/lib/contract/room-invite";

/** Accepts an invite and opens its room, or declines it. */
export function useAnswer({ id, room }: RoomInvite): { accept: Mutation<[]>; decline: Mutation<[]> } {
  const call = useCall();
  const paths = usePaths();
  const showError = (error: Error) => toast.error(error.message);
  return {
    accept: useMutation(async () => {
      await call("roomInvite.accept", { roomInviteId: id });
      openPlace(paths.room(room.id));
    }, showError),
    decline: useMutation(async () => {
      await call("roomInvite.decline", { roomInviteId: id });
      // Otherwise the address would still contain the ended invite.
      if (new URLSearchParams(location.search).get("invite") === id) replacePlace(paths.invites);
      toast.info(`Declined the invite to #${room.name}`);
    }, showError),
  };
}
