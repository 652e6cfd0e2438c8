"use client";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import { type Mutation, useMutation } from "@/lib/client/hooks/use-mutation";

/** Ends the block of a person. `onDone` is called when it has ended. */
export function useUnblock(personId: string, onDone?: () => void): Mutation<[]> {
  const call = useCall();
  return useMutation(
    async () => {
      await call("block.remove", { personId });
      onDone?.();
    },
    (error) => toast.error(error.message),
  );
}
