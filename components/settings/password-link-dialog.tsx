"use client";
import { useState } from "react";
import { failureOf } from "@/components/auth/failure";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { api } from "@/lib/client/api";
import type { Person } from "@/lib/contract/person";
import { CopyField } from "./copy-field";

type PasswordLinkDialogProps = { person: Person; open: boolean; onOpenChange: (open: boolean) => void };

/** Makes a link with which somebody chooses a new password, and shows it this once: give every opening a key of its own. */
export function PasswordLinkDialog({ person, open, onOpenChange }: PasswordLinkDialogProps) {
  const [link, setLink] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string>();

  async function make() {
    setBusy(true);
    setFailed(undefined);
    try {
      const { token } = await api("password.link", { personId: person.id });
      setLink(`${location.origin}/reset/${token}`);
    } catch (error) {
      setFailed(failureOf(error).message);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !busy && onOpenChange(next)}
      title={`Password link for ${person.name}`}
      description="Anyone with the link can set a new password for this account. It works once, for one day. Send it to no one else."
      footer={
        link ? (
          <Button onClick={() => onOpenChange(false)}>Done</Button>
        ) : (
          <>
            <Button variant="ghost" onClick={() => onOpenChange(false)}>
              Cancel
            </Button>
            <Button variant="primary" busy={busy} onClick={make} autoFocus>
              Create link
            </Button>
          </>
        )
      }
    >
      {link && <CopyField label="Link" value={link} hint="Copy it now. You won't be able to see it again." />}
      {failed && (
        <Banner tone="danger" className="rounded-control">
          {failed}
        </Banner>
      )}
    </Dialog>
  );
}
