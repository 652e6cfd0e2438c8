"use client";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import type { Person } from "@/lib/contract/person";

type BlockDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  person: Pick<Person, "id" | "name">;
};

/** Asks before the viewer blocks somebody. */
export default function BlockDialog({ person, ...dialog }: BlockDialogProps) {
  const call = useCall();
  return (
    <ConfirmDialog
      {...dialog}
      cancelFirst
      title={`Block ${person.name}?`}
      description="Their messages are collapsed and don't count as unread. Their room invites, and your conversation with them, leave your lists. They aren't told, and nothing changes for them. You can unblock them on their card or in your account settings."
      confirmLabel="Block"
      onConfirm={async () => {
        await call("block.add", { personId: person.id });
        toast.success(`Blocked ${person.name}`);
      }}
    />
  );
}
