"use client";
import { useState } from "react";
import { AccessChoice, AccessConsequences } from "@/components/rooms/access-fields";
import { accessWords } from "@/components/rooms/room-name";
import { ListSkeleton } from "@/components/ui/skeleton";
import { useQuery } from "@/lib/client/hooks/use-query";
import type { Room } from "@/lib/contract/room";
import type { Decision } from "@/lib/policy/decision";
import { SettingsSection } from "./page";
import type { RoomValues } from "./room-values";

interface Joining extends Pick<RoomValues, "access" | "showEarlier"> {
  groupIds: string[];
}

type RoomJoiningProps = {
  room: Room;
  /** Whether the viewer may change the room's access. */
  decision: Decision;
  values: Joining;
  error: string | undefined;
  onChange: (changes: Partial<Joining>) => void;
};

/** Who can find and join a room. People who may not change this see the current value and the reason. */
export function RoomJoining({ room, decision, values, error, onChange }: RoomJoiningProps) {
  const { access, groupIds, showEarlier } = values;
  const { data } = useQuery(room.groupIds.length > 0 ? { ids: room.groupIds } : null, (call, input) =>
    call("group.list", input),
  );
  // The names of chosen groups that are not saved yet.
  const [chosen, setChosen] = useState<ReadonlyMap<string, string>>(new Map());
  const nameOf = (id: string) => chosen.get(id) ?? data?.groups.find((group) => group.id === id)?.name ?? "Group";
  const current = room.groupIds.map((id) => ({ id, name: nameOf(id) }));
  const groups = groupIds.map((id) => ({ id, name: nameOf(id) }));
  const { name, hint } = accessWords[room.access];
  return (
    <SettingsSection
      title="Who can join"
      description={decision.ok ? "Changing this removes no one who is in the room." : decision.reason}
    >
      {!decision.ok && (
        <p className="text-ui">
          <span className="block font-medium">{room.forAdmins ? "Owners and admins" : name}</span>
          <span className="block text-sm text-ink-faint">
            {room.forAdmins ? "They can find and join it." : hint}
            {groups.length > 0 && ` ${groups.map((group) => group.name).join(", ")}.`}
          </span>
        </p>
      )}
      {decision.ok && room.groupIds.length > 0 && !data && <ListSkeleton rows={3} label="Loading groups" />}
      {decision.ok && (room.groupIds.length === 0 || data) && (
        <>
          <AccessChoice
            mayChooseAny
            access={access}
            onAccess={(next) =>
              onChange({
                access: next,
                showEarlier: false,
                ...(next !== "restricted" && { groupIds: room.groupIds }),
              })
            }
            groups={groups}
            onGroups={(next) => {
              setChosen((known) => new Map([...known, ...next.map((group) => [group.id, group.name] as const)]));
              onChange({ groupIds: next.map(({ id }) => id) });
            }}
            current={current}
            error={error}
            hideLegend
          />
          <AccessConsequences
            room={room}
            access={access}
            showEarlier={showEarlier}
            onShowEarlier={(next) => onChange({ showEarlier: next })}
          />
        </>
      )}
    </SettingsSection>
  );
}
