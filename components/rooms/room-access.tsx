"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { dialogOnDemand } from "@/components/ui/on-demand";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { Tag } from "@/components/ui/tag";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import { useListsVersion } from "@/lib/client/hooks/use-lists-version";
import { useChoice } from "@/lib/client/hooks/use-mutation";
import { useQuery } from "@/lib/client/hooks/use-query";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import type { Room } from "@/lib/contract/room";
import { RoomHistory } from "@/lib/contract/room-role";
import { choiceWidth, Rule, Section } from "./details-parts";
import { historyOptions, historyWords } from "./history-words";
import { accessWords } from "./room-name";
import { useRoomOffers } from "./use-room-offers";

const AccessDialog = dialogOnDemand(() => import("./access-dialog"));

/** Who can find and join the room, what newcomers see, and whether joins are noted. The viewer can edit what they may change. */
export function RoomAccessDetails({ item }: { item: RoomListItem }) {
  const { room } = item;
  const offers = useRoomOffers(item);
  const { data, isStale } = useQuery(
    room.groupIds.length > 0 ? { ids: room.groupIds } : null,
    (call, input) => call("group.list", input),
    { version: useListsVersion() },
  );
  const groups = data?.groups ?? [];
  const areGroupsKnown = room.groupIds.length === 0 || (data !== undefined && !isStale);
  const [dialog, setDialog] = useState({ key: 0, isOpen: false });
  const mayOpen = offers.has("access");
  return (
    <>
      <Section
        title="Who can join"
        action={
          mayOpen && (
            <Button
              variant="link"
              className="max-md:-mr-1"
              aria-label="Edit who can join"
              disabled={!areGroupsKnown}
              onClick={() => setDialog(({ key }) => ({ key: key + 1, isOpen: true }))}
            >
              Edit
            </Button>
          )
        }
      >
        <Rule name="Access">
          {room.forAdmins ? "Owners and admins" : accessWords[room.access].name}
          <span className="block text-xs font-normal text-ink-faint">{hintOf(room)}</span>
        </Rule>
        {room.groupIds.length > 0 && (
          <Rule name="Groups">
            <span className="flex flex-wrap justify-end gap-1.5">
              {groups.map(({ id, name, memberCount }) => (
                <Tag key={id}>
                  {name} <span className="ml-0.5 text-ink-faint">{memberCount.toLocaleString()}</span>
                </Tag>
              ))}
              {data && groups.length < room.groupIds.length && (
                <span className="font-normal text-ink-faint">
                  {groups.length > 0 ? `and ${room.groupIds.length - groups.length} more` : room.groupIds.length}
                </span>
              )}
            </span>
          </Rule>
        )}
      </Section>
      <Section title="History and notices">
        <Rule name="Newcomers see">
          {offers.has("history") ? <HistoryChoice room={room} /> : historyWords[room.history]}
        </Rule>
        <Rule name="Tell who joins and leaves">
          {offers.has("notices") ? <NoticesSwitch room={room} /> : room.notices ? "Yes" : "No"}
        </Rule>
      </Section>
      {dialog.key > 0 && (
        <AccessDialog
          key={dialog.key}
          room={room}
          groups={groups}
          open={dialog.isOpen}
          onOpenChange={(isOpen) => setDialog((current) => ({ ...current, isOpen }))}
        />
      )}
    </>
  );
}

function hintOf(room: Room): string {
  if (room.archivedAt) return "No one can join while it's archived.";
  return room.forAdmins ? "They can find and join it." : accessWords[room.access].hint;
}

/** Chooses which messages newcomers see. A choice is saved at once. */
function HistoryChoice({ room }: { room: Room }) {
  const call = useCall();
  const saving = useChoice<RoomHistory>(
    room.history,
    (history) => call("room.update", { roomId: room.id, history }),
    (error) => toast.error(error.message),
  );
  return (
    <Select
      size="sm"
      className={choiceWidth}
      aria-label="What newcomers see"
      aria-busy={saving.isPending}
      options={historyOptions}
      value={saving.value}
      onChange={(event) => saving.choose(RoomHistory.parse(event.target.value))}
    />
  );
}

function NoticesSwitch({ room }: { room: Room }) {
  const call = useCall();
  const saving = useChoice(
    room.notices,
    (notices: boolean) => call("room.update", { roomId: room.id, notices }),
    (error) => toast.error(error.message),
  );
  return (
    <Switch
      aria-label="Tell who joins and leaves"
      aria-busy={saving.isPending}
      checked={saving.value}
      onChange={(event) => saving.choose(event.target.checked)}
    />
  );
}
