"use client";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import type { Person } from "@/lib/contract/person";
import { GuestEndDialog } from "./guest-end-dialog";
import { GuestLossList } from "./guest-loss-list";
import { PasswordLinkDialog } from "./password-link-dialog";
import type { PersonAct } from "./person-acts";

type PersonActDialogProps = {
  act: PersonAct;
  person: Person;
  endsAt: string | null;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onDone: () => void;
};

/** Asks before an act and does it. Give it a new `key` each time it opens. */
export function PersonActDialog({ act, person, endsAt, onDone, ...dialog }: PersonActDialogProps) {
  const call = useCall();
  const { question, run } = act;
  if (act.key === "link") return <PasswordLinkDialog person={person} {...dialog} />;
  if (!question || !run) return <GuestEndDialog person={person} endsAt={endsAt} onDone={onDone} {...dialog} />;
  return (
    <ConfirmDialog
      {...dialog}
      title={question.title(person.name)}
      description={question.description(person.name)}
      confirmLabel={act.label}
      danger={act.danger ?? false}
      cancelFirst
      onConfirm={async () => {
        await run(call, person.id);
        toast.success(question.done(person.name));
        onDone();
      }}
    >
      {act.key === "guest" && <GuestLossList personId={person.id} />}
    </ConfirmDialog>
  );
}
