"use client";
import { toast } from "@/components/ui/toast";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { useParley } from "@/lib/client/hooks/use-parley";

/** Deletes a draft. Undo brings it back. */
export function useDeleteDraft(place: string) {
  const { drafts } = useParley();
  return useMutation(
    async () => {
      const { remove } = await drafts.load();
      const undo = await remove(place);
      toast.success("Draft deleted.", { action: { label: "Undo", onClick: undo } });
    },
    (error) => toast.error(error.message),
  );
}
