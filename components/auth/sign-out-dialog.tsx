"use client";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { signOut } from "./sign-out";

/** Asks before signing out while something that was written is only in this browser. */
export default function SignOutDialog(dialog: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <ConfirmDialog
      {...dialog}
      title="Sign out?"
      description="Some of what you wrote isn't sent or saved yet. It stays in this browser, and is sent when you sign in here again."
      confirmLabel="Sign out"
      cancelFirst
      onConfirm={() => signOut()}
    />
  );
}
