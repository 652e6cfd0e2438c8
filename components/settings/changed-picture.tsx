"use client";
import { Camera } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { dialogOnDemand } from "@/components/ui/on-demand";

const PictureDialog = dialogOnDemand(() => import("@/components/pictures/picture-dialog"));

type ChangedPictureProps = {
  title: string;
  hasPicture: boolean;
  isRound?: boolean;
  /** The button's text: `change` if there is a picture, else `add`. */
  labels: { change: string; add: string };
  onSave: (picture: string | null) => Promise<unknown>;
  children: ReactNode;
};

/** A picture with a button under it that replaces or removes it. */
export function ChangedPicture({ labels, onSave, children, ...dialog }: ChangedPictureProps) {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  // Zero until the dialog is first opened. A new key resets the dialog.
  const [openings, setOpenings] = useState(0);
  return (
    <>
      {children}
      <Button
        size="sm"
        icon={<Camera aria-hidden />}
        onClick={() => {
          setOpen(true);
          setOpenings((count) => count + 1);
        }}
      >
        {dialog.hasPicture ? labels.change : labels.add}
      </Button>
      {openings > 0 && (
        <PictureDialog
          key={openings}
          open={isOpen}
          onOpenChange={setOpen}
          {...dialog}
          onSave={async (picture) => {
            await onSave(picture);
            // The settings pages have no client store, so the server renders the page again with the new picture.
            router.refresh();
          }}
        />
      )}
    </>
  );
}
