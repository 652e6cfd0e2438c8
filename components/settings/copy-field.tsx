"use client";
import { useState } from "react";
import { CopyButton } from "@/components/invites/copy-button";
import type { CreatedInvite } from "@/components/invites/kept-link";
import { LocalLinkNote } from "@/components/invites/local-link-note";
import { WholeLink } from "@/components/invites/whole-link";
import { copyText } from "@/components/ui/copy";
import { Field } from "@/components/ui/field";

type CopyFieldProps = { label: string; value: string; hint?: string; reach?: CreatedInvite["reach"] };

/** A link to share, with a button that copies it. */
export function CopyField({ label, value, hint, reach }: CopyFieldProps) {
  const [copied, setCopied] = useState<boolean>();
  return (
    <div className="grid gap-3">
      <Field label={label} hint={hint}>
        <WholeLink link={value} />
      </Field>
      <div className="flex items-center gap-3">
        <CopyButton copied={copied} autoFocus onCopy={() => void copyText(value).then(setCopied)} />
      </div>
      <LocalLinkNote link={value} reach={reach} />
    </div>
  );
}
