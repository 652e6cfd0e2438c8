"use client";
import { Search, UserPlus, UsersRound } from "lucide-react";
import { useState } from "react";
import { InvitePeople } from "@/components/invites/invite-people";
import { roomOfInvite } from "@/components/invites/room-of-invite";
import { useRoomOffers } from "@/components/rooms/use-room-offers";
import { offeredTo } from "@/components/shell/organization-offers";
import { useOpenDialog } from "@/components/shell/open-dialog";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Input } from "@/components/ui/input";
import { useMe } from "@/lib/client/hooks/use-me";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { MemberList } from "./member-list";
import { useAsker } from "./use-asker";

/** The members of a room, with the controls to add and remove them that the viewer may use. */
export function MembersPanel({ item }: { item: RoomListItem }) {
  const { roomId, room, membership } = item;
  const asker = useAsker();
  const { organization } = useMe();
  const offers = useRoomOffers(item);
  const open = useOpenDialog();
  const [query, setQuery] = useState("");
  return (
    <div className="flex min-h-0 flex-1 flex-col pt-bar">
      <div className="flex gap-2 px-4 pt-3 pb-2">
        <Input
          type="search"
          aria-label="Find members"
          placeholder="Find members"
          size="sm"
          icon={<Search aria-hidden />}
          className="flex-1"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
        {offers.has("addPeople") && (
          <Button icon={<UserPlus aria-hidden />} onClick={() => open({ kind: "addPeople", roomId })}>
            Add
          </Button>
        )}
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-4">
        <h3 className="sr-only">Members</h3>
        <MemberList label="Members" room={room} membership={membership} query={query.trim()}>
          {room.memberCount === 1 && (
            <Empty
              icon={<UsersRound />}
              title="Only you are here so far"
              heading="h3"
              actions={
                // If the viewer may not invite, this says who may. A viewer who can add people does not need to read that.
                (offeredTo(asker).has("inviteMember") || !offers.has("addPeople")) && (
                  <InvitePeople
                    asker={asker}
                    organization={organization.name}
                    room={roomOfInvite(asker, room, membership)}
                  />
                )
              }
            />
          )}
        </MemberList>
      </div>
    </div>
  );
}
