"use client";
import type { ComponentProps } from "react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { toFormFailure } from "./failure";
import { signOut } from "./sign-out";

type SignOutButtonProps = Pick<ComponentProps<typeof Button>, "variant" | "size" | "block" | "icon" | "children"> & {
  /** Reloads this page, now signed out, instead of opening the sign-in page. */
  stay?: boolean;
};

export function SignOutButton({ stay, ...button }: SignOutButtonProps) {
  const signingOut = useMutation(
    () => signOut(stay ? location.pathname : undefined),
    (error) => toast.error(toFormFailure(error).message),
  );
  return <Button {...button} busy={signingOut.isPending} onClick={() => void signingOut.run()} />;
}
