"use client";
import { useState } from "react";
import { useSubmit } from "@/components/auth/use-submit";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { api } from "@/lib/client/api";
import type { MadeInvite } from "@/components/invites/kept-link";
import { lifeOptions, readTerms, usesOptions } from "@/components/invites/terms";
import { CopyField } from "./copy-field";
import { GroupPicker, type Picked, RoomPicker } from "./invite-pickers";

const roles = [
  { value: "member", label: "Member" },
  { value: "admin", label: "Admin" },
] as const;

type CreateInviteDialogProps = { open: boolean; onOpenChange: (open: boolean) => void; onCreated: () => void };

/** Asks what a new invite opens, then shows its link this once: give every opening a key of its own. */
export function CreateInviteDialog({ open, onOpenChange, onCreated }: CreateInviteDialogProps) {
  const [made, setMade] = useState<MadeInvite>();
  const [role, setRole] = useState<"member" | "admin">("member");
  const [rooms, setRooms] = useState<Picked[]>([]);
  const [groups, setGroups] = useState<Picked[]>([]);
  const { busy, problem, form } = useSubmit<"maxUses" | "expiresInSeconds">(async ({ maxUses, expiresInSeconds }) => {
    const next = await api("invite.create", {
      role,
      ...readTerms(maxUses, expiresInSeconds),
      roomIds: rooms.map((room) => room.id),
      groupIds: groups.map((group) => group.id),
    });
    setMade(next);
    onCreated();
  });

  if (made) {
    return (
      <Dialog
        open={open}
        onOpenChange={onOpenChange}
        title="Invite link created"
        description="Send this link to the people you're inviting."
        footer={<Button onClick={() => onOpenChange(false)}>Done</Button>}
      >
        <CopyField
          label="Link"
          value={`${location.origin}/join/${made.token}`}
          hint="Copy it now. You won't be able to see it again."
          reach={made.reach}
        />
      </Dialog>
    );
  }
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !busy && onOpenChange(next)}
      title="New invite"
      description="Anyone with the link can create an account."
      size="md"
      footer={
        <>
          <Button variant="ghost" onClick={() => onOpenChange(false)}>
            Cancel
          </Button>
          <Button type="submit" form="new-invite" variant="primary" busy={busy}>
            Create link
          </Button>
        </>
      }
    >
      <form {...form} id="new-invite" className="grid gap-4">
        <div className="grid grid-cols-2 gap-4">
          <Field label="How many people can use it" error={problem.fields.maxUses}>
            <Select name="maxUses" defaultValue={10} autoFocus>
              {usesOptions.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          </Field>
          <Field label="Expires" error={problem.fields.expiresInSeconds}>
            <Select name="expiresInSeconds" defaultValue={604_800}>
              {lifeOptions.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          </Field>
        </div>
        <div className="grid gap-1.5">
          <span aria-hidden className="text-sm font-strong">
            They join as
          </span>
          <Segmented
            label="They join as"
            options={roles}
            value={role}
            onChange={setRole}
            className="justify-self-start"
          />
          {role === "admin" && (
            <p className="text-xs text-ink-faint">Admins can invite and remove people, and reset passwords.</p>
          )}
        </div>
        <RoomPicker picked={rooms} onChange={setRooms} />
        <GroupPicker picked={groups} onChange={setGroups} />
        {problem.message && (
          <Banner tone="danger" className="rounded-control">
            {problem.message}
          </Banner>
        )}
      </form>
    </Dialog>
  );
}
