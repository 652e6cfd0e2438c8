"use client";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";

type ReleaseDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  personId: string;
  handle: string;
  /** Called when it was released. */
  onReleased: () => void;
};

/** Asks before a handle that somebody gave up is released. */
export default function ReleaseDialog({ personId, handle, onReleased, ...dialog }: ReleaseDialogProps) {
  const call = useCall();
  return (
    <ConfirmDialog
      {...dialog}
      cancelFirst
      title={`Release @${handle}?`}
      description={`Others can take it. Old messages that say @${handle} may then mean someone else. You can't undo this.`}
      confirmLabel="Release"
      onConfirm={async () => {
        await call("person.releaseHandle", { personId, handle });
        toast.success(`Others can have @${handle} now.`);
        onReleased();
      }}
    />
  );
}
