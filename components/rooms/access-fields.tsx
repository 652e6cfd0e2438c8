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
  /** Whether the viewer may choose any group, and may choose none. If not, they must choose among the groups that they are in. */
  mayChooseAny: boolean;
  access: RoomAccess;
  onAccess: (access: RoomAccess) => void;
  groups: PickerOption[];
  onGroups: (groups: PickerOption[]) => void;
  /** The room's current groups. They can always be chosen, even by somebody who is not in them. */
  current?: readonly PickerOption[];
  error?: string | undefined;
  /** Set it where the dialog's title already asks who can join. */
  hideLegend?: boolean;
}

/** `AccessChoice` for the groups that the viewer's role allows. */
export function AccessFields(props: Omit<AccessFieldsProps, "mayChooseAny">) {
  return <AccessChoice mayChooseAny={offeredTo(useAsker()).has("manageGroups")} {...props} />;
}

/** Chooses who can find and join a room: everyone, the people of some groups, or only people who are added. */
export function AccessChoice({
  mayChooseAny,
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
            isMine={!mayChooseAny}
            {...(current && { others: current })}
          />
          <p aria-live="polite" className={error ? "mt-1.5 text-xs text-danger-ink" : "mt-1.5 text-xs text-ink-faint"}>
            {error ??
              (mayChooseAny
                ? "Without a group, only the organization's owners and admins can join."
                : "You can choose groups you're in.")}
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
      ? "People who join the organization are added to this room again."
      : room.isDefault &&
        room.access === "public" &&
        "People who join the organization are no longer added to this room.";
  return (
    <>
      {newcomers && <p className="text-sm text-ink-soft">{newcomers}</p>}
      {access === "private" && (
        <p className="text-sm text-ink-soft">
          People who aren't in this room no longer find it. Only the room's admins can make it public again.
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
        label="Show earlier messages to people who join"
        checked={showEarlier}
        onChange={(event) => onShowEarlier(event.target.checked)}
      />
      <p className="mt-1 text-xs text-ink-faint">
        {showEarlier
          ? "People who join will see everything that was said while the room was private."
          : "People who join will see only messages from now on."}
      </p>
    </div>
  );
}
