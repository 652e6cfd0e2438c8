"use client";
import { useState } from "react";
import { useSubmit } from "@/components/auth/use-submit";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input as TextInput, Textarea } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { api } from "@/lib/client/api";
import { useNow } from "@/lib/client/hooks/use-now";
import { TextsContext, useText } from "@/lib/client/hooks/use-text";
import { createTextsStore } from "@/lib/client/stores/texts";
import { createTexts } from "@/lib/client/texts";
import { browserTexts } from "@/lib/client/texts-browser";
import type { Output } from "@/lib/contract/index";
import { readTerms } from "@/components/invites/terms";
import { TermsFields } from "@/components/invites/terms-fields";
import { dayOf, endOfDay } from "./end-of-day";
import { addressesIn, inviteByEmail, maxAddresses } from "./invite-by-email";
import { InviteSent } from "./invite-sent";
import { GroupPicker, type PickerOption, RoomPicker } from "./invite-pickers";

const roles = [
  { value: "member", label: "Member" },
  { value: "admin", label: "Admin" },
  { value: "guest", label: "Guest" },
] as const;
const ways = [
  { value: "link", label: "As a link" },
  { value: "email", label: "By email" },
] as const;
const roleHints = {
  member: null,
  admin: "Admins can invite and remove people, and reset passwords.",
  guest: "Guests see only the rooms that you choose, and the people in them.",
};

/** The form's values. */
interface Choice {
  way: "link" | "email";
  email: string;
  role: "member" | "admin" | "guest";
  /** The last day of a guest's access, as a date input has it. */
  lastDay: string;
  uses: string;
  life: string;
  rooms: PickerOption[];
  groups: PickerOption[];
}
const defaultChoice: Choice = {
  way: "link",
  email: "",
  role: "member",
  lastDay: "",
  uses: "10",
  life: "604800",
  rooms: [],
  groups: [],
};

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
  // With several addresses, some invites may be sent while others are refused. The sent ones are shown together at the end, once.
  const [sent, setSent] = useState<Output<"invite.send">[]>([]);
  const [isDone, setDone] = useState(false);
  const [storedChoice, setStoredChoice] = useText("new-invite");
  const choice = parseChoice(storedChoice);
  const { way, email, role, lastDay, uses, life, rooms, groups } = choice;
  const isGuest = role === "guest";
  const today = useNow(({ date }) => dayOf(date));
  const choose = (next: Partial<Choice>) => setStoredChoice(JSON.stringify({ ...choice, ...next }));
  const { busy, problem, form } = useSubmit<"email" | "maxUses" | "expiresInSeconds" | "guestEndsAt">(
    async ({ expiresInSeconds }) => {
      const { maxUses, ...expiry } = readTerms(uses, expiresInSeconds);
      const terms = {
        role,
        ...expiry,
        guestEndsAt: isGuest && lastDay ? endOfDay(lastDay) : null,
        roomIds: rooms.map((room) => room.id),
        groupIds: isGuest ? [] : groups.map((group) => group.id),
      };
      if (way === "link") setSent([{ ...(await api("invite.create", { ...terms, maxUses })), replaced: 0 }]);
      else {
        const { accepted, refused } = await inviteByEmail(terms, email);
        setSent((before) => [...before, ...accepted]);
        if (accepted.length > 0) onCreated();
        if (refused) {
          choose({ email: refused.addresses.join("\n") });
          throw refused.error;
        }
      }
      setStoredChoice("");
      setDone(true);
      onCreated();
    },
  );

  if (isDone) return <InviteSent open={open} onOpenChange={onOpenChange} sent={sent} />;
  const close = () => (sent.length > 0 ? setDone(true) : onOpenChange(false));
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !busy && !next && close()}
      title="New invite"
      description={
        way === "email"
          ? "Each address gets an invite of its own, which only it can use, once. It replaces an earlier one that is still open."
          : "Anyone with the link can create an account."
      }
      size="md"
      footer={
        <>
          <Button variant="ghost" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" form="new-invite" variant="primary" busy={busy}>
            {way === "link" ? "Create link" : addressesIn(email).length > 1 ? "Send invites" : "Send invite"}
          </Button>
        </>
      }
    >
      <form {...form} id="new-invite" className="grid gap-4">
        <Segmented
          label="How to invite"
          options={ways}
          value={way}
          onChange={(next) => choose({ way: next })}
          className="justify-self-start"
        />
        {way === "email" && (
          <Field
            label="Email"
            hint={`Several at once: separate them with commas, spaces or lines. At most ${maxAddresses}.`}
            error={problem.fields.email}
            required
          >
            <Textarea
              name="email"
              inputMode="email"
              rows={1}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              value={email}
              onChange={(event) => choose({ email: event.target.value })}
            />
          </Field>
        )}
        <div className="grid grid-cols-2 gap-4">
          <TermsFields uses={uses} life={life} isForOne={way === "email"} onChoose={choose} errors={problem.fields} />
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
          {roleHints[role] && <p className="text-xs text-ink-faint">{roleHints[role]}</p>}
        </div>
        {isGuest && (
          <Field
            label="Last day"
            hint="Their access ends when this day ends. Without one, it has no end."
            error={problem.fields.guestEndsAt}
          >
            <TextInput
              name="guestEndsAt"
              type="date"
              min={today}
              value={lastDay}
              onChange={(event) => choose({ lastDay: event.target.value })}
              className="w-48"
            />
          </Field>
        )}
        <RoomPicker selected={rooms} onChange={(next) => choose({ rooms: next })} />
        {!isGuest && <GroupPicker selected={groups} onChange={(next) => choose({ groups: next })} />}
        {problem.message && (
          <Banner tone="danger" className="rounded-control">
            {problem.message}
          </Banner>
        )}
      </form>
    </Dialog>
  );
}
