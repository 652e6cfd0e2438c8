"use client";
import { copyText } from "@/components/ui/copy";
import { toast } from "@/components/ui/toast";

/** Returns a function that copies a handle as it is written in a message. */
export const useCopyHandle = () => (handle: string) => {
  void copyText(`@${handle}`).then((isCopied) =>
    isCopied ? toast.success("Copied.") : toast.error("Couldn't copy the handle."),
  );
};
