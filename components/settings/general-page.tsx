"use client";
import type { ReactNode } from "react";
import { OrganizationAvatar } from "@/components/shell/organization-avatar";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Switch } from "@/components/ui/switch";
import { limits } from "@/lib/contract/limits";
import { useCall } from "@/lib/client/hooks/use-call";
import type { Organization } from "@/lib/contract/organization-settings";
import { ChangedPicture } from "./changed-picture";
import { SettingsPage, SettingsSection } from "./page";
import { SettingsForm } from "./settings-form";

const memberRules = [
  { field: "membersCreateRooms", label: "Create rooms", hint: undefined },
  {
    field: "membersInvite",
    label: "Invite people to the organization",
    hint: "As members, and into rooms they can add people to.",
  },
  { field: "membersAddPeople", label: "Add people to rooms they're in", hint: "Unless the room says otherwise." },
  {
    field: "membersSetTopic",
    label: "Change the topic of rooms they're in",
    hint: "Unless the room says otherwise, or only moderators can post in it.",
  },
  {
    field: "membersPin",
    label: "Pin messages in rooms they're in",
    hint: "Unless the room says otherwise, or only moderators can post in it.",
  },
  {
    field: "membersMentionEveryone",
    label: "Mention everyone in rooms they're in",
    hint: `With @room and @here, in rooms of fewer than ${limits.mentionedPeople} people, unless the room says otherwise.`,
  },
] as const;

/** The organization's name and the permissions of its members. */
export function GeneralPage({ organization }: { organization: Organization }) {
  const call = useCall();
  const { name, membersCreateRooms, membersSetTopic, membersAddPeople, membersPin, membersMentionEveryone } =
    organization;
  const { membersInvite, roomAdminsDelete } = organization;
  const inRooms = { membersSetTopic, membersAddPeople, membersPin, membersMentionEveryone };
  const saved = { name, membersCreateRooms, ...inRooms, membersInvite, roomAdminsDelete };
  return (
    <SettingsPage
      title="General"
      organizationName={organization.name}
      description="What the organization is called, and what its people can do."
      narrow
    >
      <SettingsForm saved={saved} save={(changes) => call("organization.update", changes)}>
        {({ values, set, errors }) => (
          <>
            <SettingsSection
              title="Name and icon"
              description="Everyone sees them at the top of the sidebar, at the sign-in and on invites. The address stays."
            >
              <div className="flex items-center gap-4">
                <ChangedPicture
                  title={`Icon of ${organization.name}`}
                  hasPicture={organization.picture !== null}
                  labels={{ change: "Change icon", add: "Add an icon" }}
                  onSave={(picture) => call("organization.setPicture", { picture })}
                >
                  <OrganizationAvatar organization={organization} size={48} />
                </ChangedPicture>
              </div>
              <Field label="Organization name" error={errors.name} required>
                <Input
                  value={values.name}
                  maxLength={limits.name}
                  onChange={(event) => set({ name: event.target.value })}
                  autoComplete="organization"
                />
              </Field>
            </SettingsSection>
            <SettingsSection title="Members can" description="Owners and admins always can. Guests never can.">
              <div>
                {memberRules.map(({ field, ...rule }) => (
                  <Choice key={field} {...rule} checked={values[field]} onChange={(on) => set({ [field]: on })} />
                ))}
              </div>
            </SettingsSection>
            <SettingsSection title="Room admins can" description="In the rooms they are admins of.">
              <div>
                <Choice
                  label="Delete the room"
                  hint="Owners and admins of the organization always can."
                  checked={values.roomAdminsDelete}
                  onChange={(on) => set({ roomAdminsDelete: on })}
                />
              </div>
            </SettingsSection>
          </>
        )}
      </SettingsForm>
    </SettingsPage>
  );
}

type ChoiceProps = { label: string; hint?: ReactNode; checked: boolean; onChange: (checked: boolean) => void };

function Choice({ label, hint, checked, onChange }: ChoiceProps) {
  return (
    <label className="flex min-h-12 cursor-pointer items-center justify-between gap-4 border-t py-2.5 first:border-t-0 first:pt-0">
      <span className="min-w-0">
        <span className="block text-ui font-medium">{label}</span>
        {hint && <span className="block text-sm text-ink-faint">{hint}</span>}
      </span>
      <Switch aria-label={label} checked={checked} onChange={(event) => onChange(event.target.checked)} />
    </label>
  );
}
