"use client";
import { Search, UserPlus } from "lucide-react";
import { useState } from "react";
import { MemberList } from "@/components/people/member-list";
import { useRoomOffers } from "@/components/rooms/use-room-offers";
import { Button } from "@/components/ui/button";
import { dialogOnDemand } from "@/components/ui/on-demand";
import { Input } from "@/components/ui/input";
import type { FoundRoom } from "./room-section-props";

const AddPeopleDialog = dialogOnDemand(() => import("@/components/people/add-people-dialog"));

/** The members of a room and the people banned from it, each with the actions that the viewer may take. */
export default function RoomPeople({ found: { room, role } }: { found: FoundRoom }) {
  const membership = role && { role };
  const offers = useRoomOffers({ room, membership });
  const [query, setQuery] = useState("");
  const [dialog, setDialog] = useState({ key: 0, isOpen: false });
  return (
    <div>
      <div className="mb-2 flex gap-2">
        <Input
          type="search"
          size="sm"
          icon={<Search aria-hidden />}
          aria-label="Search people in the room"
          placeholder="Name or handle"
          maxLength={100}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          className="flex-1"
        />
        {offers.has("addPeople") && (
          <Button
            icon={<UserPlus aria-hidden />}
            onClick={() => setDialog(({ key }) => ({ key: key + 1, isOpen: true }))}
          >
            Add people
          </Button>
        )}
      </div>
      <MemberList label="People" room={room} membership={membership} query={query.trim()} />
      {dialog.key > 0 && (
        <AddPeopleDialog
          key={dialog.key}
          roomId={room.id}
          room={room}
          membership={membership}
          open={dialog.isOpen}
          onOpenChange={(isOpen) => setDialog((current) => ({ ...current, isOpen }))}
        />
      )}
    </div>
  );
}
