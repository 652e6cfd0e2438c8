"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { useNow } from "@/lib/client/hooks/use-now";
import type { MadeInvite } from "./kept-link";
import { chosenOf, lifeOptions, readTerms, type Terms, termsInWords, usesOptions } from "./terms";
import type { InviteLink } from "./use-invite-link";

type TermsRowProps = Pick<InviteLink, "made"> & { onChoose: (terms: Terms) => void; children?: React.ReactNode };

/** Whom a link lets in and how long, and how to have it otherwise: that makes another link. */
export function TermsRow({ made, onChoose, children }: TermsRowProps) {
  const [changing, setChanging] = useState(false);
  // Until the link that was asked for is there.
  const [asked, setAsked] = useState<{ instead: MadeInvite; uses: string; life: string }>();
  const words = useNow((now) => made && termsInWords(made.invite, now));
  if (!made) return null;
  const { uses, life } = asked?.instead === made ? asked : chosenOf(made.invite);
  const choose = (next: { uses: string; life: string }) => {
    setAsked({ instead: made, ...next });
    onChoose(readTerms(next.uses, next.life));
  };
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-x-2 text-sm text-ink-faint">
        <span className="tabular-nums">{words}</span>
        <Button variant="link-accent" aria-expanded={changing} onClick={() => setChanging(!changing)}>
          Change
        </Button>
        {children}
      </div>
      {changing && (
        <div className="grid grid-cols-2 gap-3">
          <Field label="How many people can use it">
            <Select value={uses} autoFocus onChange={(event) => choose({ uses: event.target.value, life })}>
              {usesOptions.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          </Field>
          <Field label="Expires">
            <Select value={life} onChange={(event) => choose({ uses, life: event.target.value })}>
              {lifeOptions.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          </Field>
        </div>
      )}
    </div>
  );
}
