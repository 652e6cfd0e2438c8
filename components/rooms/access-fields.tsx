"use client";
import { Hash, Lock, UsersRound } from "lucide-react";
import { useAsker } from "@/components/people/use-asker";
import { GroupPicker, type PickerOption } from "@/components/settings/invite-pickers";
import { Checkbox, ChoiceCards } from "@/components/ui/choices";
import type { Room } from "@/lib/contract/room";
import type { RoomAccess } from "@/lib/contract/room-role";
import { offeredTo } from "@/components/shell/organization-offers";
import { accessWords } from "./room-name";

const icons = { public: <Hash />, restricted: <UsersRound />, private: <Lock /> };
const choices = (["public", "restricted", "private"] as const).map((value) => {
  return { value, label: accessWords[value].name, hint: accessWords[value].hint, icon: icons[value] };
});
export const isAccess = (value: string): value is RoomAccess => choices.some((choice) => choice.value === value);

interface AccessFieldsProps {
  /** Whether the viewer may choose any group, or none. Otherwise they may choose only groups that they are in. */
  choosesAll: boolean;
  access: RoomAccess;
  onAccess: (access: RoomAccess) => void;
  groups: PickerOption[];
  onGroups: (groups: PickerOption[]) => void;
  /** The room's current groups. Everyone who may change its access may keep them. */
  current?: readonly PickerOption[];
  error?: string | undefined;
  /** Set it where the dialog's title already asks who can join. */
  hideLegend?: boolean;
}

/** `AccessChoice` limited to the groups that I may choose. */
export function AccessFields(props: Omit<AccessFieldsProps, "choosesAll">) {
  return <AccessChoice choosesAll={offeredTo(useAsker()).has("manageGroups")} {...props} />;
}

/** Chooses who can find and join a room: everyone, the people of some groups, or only people who are added. */
export function AccessChoice({
  choosesAll,
  access,
  onAccess,
  groups,
  onGroups,
  current,
  error,
  hideLegend = false,
}: AccessFieldsProps) {
  return (
    <>
      <ChoiceCards legend="Who can join" hideLegend={hideLegend} options={choices} value={access} onChange={onAccess} />
      {access === "restricted" && (
        <div>
          <GroupPicker
            legend="Groups that can join"
            selected={groups}
            onChange={onGroups}
            isMine={!choosesAll}
            {...(current && { others: current })}
          />
          <p aria-live="polite" className={error ? "mt-1.5 text-xs text-danger-ink" : "mt-1.5 text-xs text-ink-faint"}>
            {error ??
              (choosesAll ? "Without a group, only owners and admins can join." : "You can choose groups you're in.")}
          </p>
        </div>
      )}
    </>
  );
}

type AccessConsequencesProps = {
  room: Pick<Room, "access" | "isDefault">;
  access: RoomAccess;
  showEarlier: boolean;
  onShowEarlier: (showEarlier: boolean) => void;
};

/** What a change of access means for earlier messages, for people outside the room and for newcomers. */
export function AccessConsequences({ room, access, showEarlier, onShowEarlier }: AccessConsequencesProps) {
  if (room.access === access) return null;
  const newcomers =
    room.isDefault && access === "public"
      ? "Newcomers to the organization join this room again."
      : room.isDefault && room.access === "public" && "Newcomers to the organization no longer join this room.";
  return (
    <>
      {newcomers && <p className="text-sm text-ink-soft">{newcomers}</p>}
      {access === "private" && (
        <p className="text-sm text-ink-soft">
          People outside no longer find this room. Only the room's admins can open it again.
        </p>
      )}
      {room.access === "private" && <EarlierChoice showEarlier={showEarlier} onShowEarlier={onShowEarlier} />}
    </>
  );
}

function EarlierChoice({ showEarlier, onShowEarlier }: Pick<AccessConsequencesProps, "showEarlier" | "onShowEarlier">) {
  return (
    <div>
      <Checkbox
        label="Also show what was said before"
        checked={showEarlier}
        onChange={(event) => onShowEarlier(event.target.checked)}
      />
      <p className="mt-1 text-xs text-ink-faint">
        {showEarlier
          ? "Newcomers will see everything that was said while the room was private."
          : "Newcomers will see what is said from now on."}
      </p>
    </div>
  );
}
