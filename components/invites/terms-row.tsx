"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { useNow } from "@/lib/client/hooks/use-now";
import type { CreatedInvite } from "./kept-link";
import { toChosenTerms, readTerms, type Terms, termsInWords } from "./terms";
import { type ChosenTerms, TermsFields } from "./terms-fields";
import type { InviteLink } from "./use-invite-link";

type TermsRowProps = Pick<InviteLink, "created"> & { onChoose: (terms: Terms) => void; children?: React.ReactNode };

/** Shows how many people can use a link and for how long. Changing these terms creates another link. */
export function TermsRow({ created, onChoose, children }: TermsRowProps) {
  const [isEditing, setEditing] = useState(false);
  // The terms of a new link while it is being created. It will replace the link `insteadOf`.
  const [requested, setRequested] = useState<ChosenTerms & { insteadOf: CreatedInvite }>();
  const words = useNow((now) => created && termsInWords(created.invite, now));
  if (!created) return null;
  const { uses, life } = requested?.insteadOf === created ? requested : toChosenTerms(created.invite);
  const choose = (next: ChosenTerms) => {
    setRequested({ insteadOf: created, ...next });
    onChoose(readTerms(next.uses, next.life));
  };
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-x-2 text-sm text-ink-faint">
        <span className="tabular-nums">{words}</span>
        <Button variant="link-accent" aria-expanded={isEditing} onClick={() => setEditing(!isEditing)}>
          Change
        </Button>
        {children}
      </div>
      {isEditing && (
        <div className="grid grid-cols-2 gap-3">
          <TermsFields uses={uses} life={life} onChoose={choose} />
        </div>
      )}
    </div>
  );
}
