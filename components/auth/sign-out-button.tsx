"use client";
import { type ComponentProps, useState } from "react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { failureOf } from "./failure";
import { signOut } from "./sign-out";

type SignOutButtonProps = Pick<ComponentProps<typeof Button>, "variant" | "size" | "block" | "icon" | "children"> & {
  /** Loads this page again, as a stranger, instead of the sign-in page. */
  stay?: boolean;
};

export function SignOutButton({ stay, ...button }: SignOutButtonProps) {
  const [busy, setBusy] = useState(false);
  async function leave() {
    setBusy(true);
    try {
      await signOut(stay ? location.pathname : undefined);
    } catch (error) {
      setBusy(false);
      toast.error(failureOf(error).message);
    }
  }
  return <Button {...button} busy={busy} onClick={leave} />;
}
