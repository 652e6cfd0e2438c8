"use client";
import { useStore } from "zustand";
import { copyLater } from "@/components/ui/copy";
import { toast } from "@/components/ui/toast";
import { toCallError } from "@/lib/client/call-error";
import { useParley } from "@/lib/client/hooks/use-parley";
import { useText } from "@/lib/client/hooks/use-text";

/**
 * A draft, perhaps only its beginning; when the server got it, or null if it is only in this browser; and a function that copies all
 * of it.
 */
export function useDraft(place: string) {
  const { stores, drafts } = useParley();
  const saved = useStore(stores.rooms, (state) => state.drafts.get(place));
  const [typed] = useText(place);
  async function copy(): Promise<void> {
    const text = drafts.load().then(({ textOf }) => textOf(place));
    try {
      if (await copyLater(text)) toast.success("Copied.");
      else toast.error("Couldn't copy. Select the text and copy it yourself.");
    } catch (error) {
      toast.error(toCallError(error).message);
    }
  }
  return { text: typed || saved?.text || "", updatedAt: saved?.text ? saved.updatedAt : null, copy };
}
