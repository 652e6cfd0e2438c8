"use client";
import { Plus } from "lucide-react";
import { type ReactNode, type RefObject, useState } from "react";
import { IconButton } from "@/components/ui/button";
import { dialogOnDemand } from "@/components/ui/on-demand";

const WritingSheet = dialogOnDemand(() => import("./writing-sheet"));

type WritingButtonProps = {
  fieldRef: RefObject<HTMLTextAreaElement | null>;
  disabled: boolean;
  /** Says who will read the message. */
  audience?: ReactNode;
};

/**
 * Opens a sheet with what `FormatBar` offers in wide windows. For phones, where a bar that came and went with the focus would move the
 * log under the finger.
 */
export function WritingButton({ disabled, ...sheet }: WritingButtonProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <IconButton
        label="Add to message"
        tooltip={false}
        disabled={disabled}
        aria-haspopup="dialog"
        // As high as the field, but a target for thumbs.
        className="-my-0.5 -ms-1 md:hidden"
        // The field keeps the focus, and gets it back from the sheet.
        onPointerDown={(event) => event.preventDefault()}
        onClick={() => setOpen(true)}
      >
        <Plus aria-hidden />
      </IconButton>
      <WritingSheet open={isOpen} onOpenChange={setOpen} {...sheet} />
    </>
  );
}
