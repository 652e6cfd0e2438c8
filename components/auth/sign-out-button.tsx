"use client";
import type { ComponentProps } from "react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { failureOf } from "./failure";
import { signOut } from "./sign-out";

type SignOutButtonProps = Pick<ComponentProps<typeof Button>, "variant" | "size" | "block" | "icon" | "children"> & {
  /** Reloads this page, now signed out, instead of opening the sign-in page. */
  stay?: boolean;
};

export function SignOutButton({ stay, ...button }: SignOutButtonProps) {
  const leave = useMutation(
    () => signOut(stay ? location.pathname : undefined),
    (error) => toast.error(failureOf(error).message),
  );
  return <Button {...button} busy={leave.isPending} onClick={() => void leave.run()} />;
}
