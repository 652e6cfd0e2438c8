"use client";
import { Hash, Lock, UsersRound } from "lucide-react";
import { useAsker } from "@/components/people/use-asker";
import { GroupPicker, type PickerOption } from "@/components/settings/invite-pickers";
import { ChoiceCards } from "@/components/ui/choices";
import type { RoomAccess } from "@/lib/contract/room-role";
import { offeredTo } from "@/components/shell/organization-offers";
import { accessWords } from "./room-name";

const icons = { public: <Hash />, restricted: <UsersRound />, private: <Lock /> };
const choices = (["public", "restricted", "private"] as const).map((value) => {
  return { value, label: accessWords[value].name, hint: accessWords[value].hint, icon: icons[value] };
});
export const isAccess = (value: string): value is RoomAccess => choices.some((choice) => choice.value === value);

interface AccessFieldsProps {
  access: RoomAccess;
  onAccess: (access: RoomAccess) => void;
  groups: PickerOption[];
  onGroups: (groups: PickerOption[]) => void;
  /** Groups that the room has now. Everyone who may change its access may keep them. */
  current?: readonly PickerOption[];
  error?: string | undefined;
  /** The dialog's title already asks who can join. */
  hideLegend?: boolean;
}

/** Chooses who can find and join a room: everyone, the people of groups, or nobody without being added. */
export function AccessFields({
  access,
  onAccess,
  groups,
  onGroups,
  current,
  error,
  hideLegend = false,
}: AccessFieldsProps) {
  const isAdmin = offeredTo(useAsker()).has("manageGroups");
  return (
    <>
      <ChoiceCards legend="Who can join" hideLegend={hideLegend} options={choices} value={access} onChange={onAccess} />
      {access === "restricted" && (
        <div>
          <GroupPicker
            legend="Groups that can join"
            selected={groups}
            onChange={onGroups}
            isMine={!isAdmin}
            {...(current && { others: current })}
          />
          <p aria-live="polite" className={error ? "mt-1.5 text-xs text-danger-ink" : "mt-1.5 text-xs text-ink-faint"}>
            {error ??
              (isAdmin ? "Without a group, only owners and admins can join." : "You can choose groups you're in.")}
          </p>
        </div>
      )}
    </>
  );
}
