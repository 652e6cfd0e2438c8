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
  /** What the button says, with and without a picture. */
  labels: { change: string; add: string };
  onSave: (picture: string | null) => Promise<unknown>;
  children: ReactNode;
};

/** A picture with a button under it that replaces or removes it. */
export function ChangedPicture({ labels, onSave, children, ...dialog }: ChangedPictureProps) {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  // Zero until it is opened first. A new key begins with an empty dialog.
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
            // The settings have no store: the server renders them again with the new picture.
            router.refresh();
          }}
        />
      )}
    </>
  );
}
