"use client";
import { useState } from "react";
import { useSubmit } from "@/components/auth/use-submit";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Segmented } from "@/components/ui/segmented";
import { api } from "@/lib/client/api";
import { TextsContext, useText } from "@/lib/client/hooks/use-text";
import { createTextsStore } from "@/lib/client/stores/texts";
import { createTexts } from "@/lib/client/texts";
import { browserTexts } from "@/lib/client/texts-browser";
import type { CreatedInvite } from "@/components/invites/kept-link";
import { readTerms } from "@/components/invites/terms";
import { TermsFields } from "@/components/invites/terms-fields";
import { CopyField } from "./copy-field";
import { GroupPicker, type PickerOption, RoomPicker } from "./invite-pickers";

const roles = [
  { value: "member", label: "Member" },
  { value: "admin", label: "Admin" },
] as const;

/** The form's values. */
interface Choice {
  role: "member" | "admin";
  uses: string;
  life: string;
  rooms: PickerOption[];
  groups: PickerOption[];
}
const defaultChoice: Choice = { role: "member", uses: "10", life: "604800", rooms: [], groups: [] };

type CreateInviteDialogProps = { open: boolean; onOpenChange: (open: boolean) => void; onCreated: () => void };

/** Creates an invite and shows its link once. Give it a new `key` each time it opens. */
export default function CreateInviteDialog({ meId, ...dialog }: CreateInviteDialogProps & { meId: string }) {
  const [texts] = useState(() => createTexts({ store: createTextsStore(), personId: meId, storage: browserTexts }));
  return (
    <TextsContext value={texts}>
      <CreateInvite {...dialog} />
    </TextsContext>
  );
}

function parseChoice(stored: string): Choice {
  try {
    return { ...defaultChoice, ...(JSON.parse(stored || "{}") as Partial<Choice>) };
  } catch {
    return defaultChoice; // written by another version
  }
}

/** The form. Its values survive closing the dialog and reloading the page. */
function CreateInvite({ open, onOpenChange, onCreated }: CreateInviteDialogProps) {
  const [created, setCreated] = useState<CreatedInvite>();
  const [storedChoice, setStoredChoice] = useText("new-invite");
  const choice = parseChoice(storedChoice);
  const { role, uses, life, rooms, groups } = choice;
  const choose = (next: Partial<Choice>) => setStoredChoice(JSON.stringify({ ...choice, ...next }));
  const { busy, problem, form } = useSubmit<"maxUses" | "expiresInSeconds">(async ({ maxUses, expiresInSeconds }) => {
    const next = await api("invite.create", {
      role,
      ...readTerms(maxUses, expiresInSeconds),
      roomIds: rooms.map((room) => room.id),
      groupIds: groups.map((group) => group.id),
    });
    setStoredChoice("");
    setCreated(next);
    onCreated();
  });

  if (created) {
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
          value={`${location.origin}/join/${created.token}`}
          hint="Copy it now. You won't be able to see it again."
          reach={created.reach}
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
          <TermsFields uses={uses} life={life} onChoose={choose} errors={problem.fields} />
        </div>
        <div className="grid gap-1.5">
          <span aria-hidden className="text-sm font-strong">
            They join as
          </span>
          <Segmented
            label="They join as"
            options={roles}
            value={role}
            onChange={(next) => choose({ role: next })}
            className="justify-self-start"
          />
          {role === "admin" && (
            <p className="text-xs text-ink-faint">Admins can invite and remove people, and reset passwords.</p>
          )}
        </div>
        <RoomPicker selected={rooms} onChange={(next) => choose({ rooms: next })} />
        <GroupPicker selected={groups} onChange={(next) => choose({ groups: next })} />
        {problem.message && (
          <Banner tone="danger" className="rounded-control">
            {problem.message}
          </Banner>
        )}
      </form>
    </Dialog>
  );
}
