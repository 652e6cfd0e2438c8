"use client";
import { useState } from "react";
import { toFormFailure } from "@/components/auth/failure";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import type { Person } from "@/lib/contract/person";
import { CopyField } from "./copy-field";

type PasswordLinkDialogProps = { person: Person; open: boolean; onOpenChange: (open: boolean) => void };

/** Creates a link for setting a new password and shows it once. Give it a new `key` each time it opens. */
export function PasswordLinkDialog({ person, open, onOpenChange }: PasswordLinkDialogProps) {
  const [link, setLink] = useState<string>();
  const call = useCall();
  const creation = useMutation(async () => {
    const { token } = await call("password.link", { personId: person.id });
    setLink(`${location.origin}/reset/${token}`);
  });

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !creation.isPending && onOpenChange(next)}
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
            <Button variant="primary" busy={creation.isPending} onClick={() => void creation.run()} autoFocus>
              Create link
            </Button>
          </>
        )
      }
    >
      {link && <CopyField label="Link" value={link} hint="Copy it now. You won't be able to see it again." />}
      {creation.error && (
        <Banner tone="danger" className="rounded-control">
          {toFormFailure(creation.error).message}
        </Banner>
      )}
    </Dialog>
  );
}
