"use client";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { type ChosenPicture, encodeSquare } from "./chosen-picture";
import { PictureField } from "./picture-field";

type PictureDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** Whether the picture is round. Pictures of people are round, others are rounded squares. */
  isRound?: boolean;
  /** Whether there is a picture to remove. */
  hasPicture: boolean;
  /** Saves a picture, given as base64. Null removes the current picture. */
  onSave: (picture: string | null) => Promise<unknown>;
  /** Another choice, such as an emoji, shown instead of the picture. `save` saves that choice. */
  instead?: { isReady: boolean; save: () => Promise<unknown>; content: ReactNode } | null;
  /** Shown above the picture. */
  children?: ReactNode;
};

/** Chooses, crops, replaces or removes a picture. */
export default function PictureDialog({
  open,
  onOpenChange,
  title,
  isRound = false,
  hasPicture,
  onSave,
  instead,
  children,
}: PictureDialogProps) {
  const [picture, setPicture] = useState<ChosenPicture | null>(null);
  const saving = useMutation(async (save: () => Promise<unknown>) => {
    await save();
    onOpenChange(false);
  });
  const save = () => (instead ? instead.save() : picture ? encodeSquare(picture).then(onSave) : Promise.resolve());
  const { error } = saving;
  const message = error && (Object.values(error.fields ?? {})[0] ?? error.message);

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      footer={
        <>
          {hasPicture && (
            <Button
              variant="danger-quiet"
              className="me-auto"
              busy={saving.isPending}
              onClick={() => void saving.run(() => onSave(null))}
            >
              Remove
            </Button>
          )}
          <Button variant="ghost" onClick={() => onOpenChange(false)}>
            Cancel
          </Button>
          <Button
            variant="primary"
            busy={saving.isPending}
            disabled={!(instead ? instead.isReady : picture)}
            onClick={() => void saving.run(save)}
          >
            Save
          </Button>
        </>
      }
    >
      <div className="flex flex-col items-center gap-4">
        {children}
        {instead ? (
          <>
            {instead.content}
            <p role="alert" className="text-sm text-danger-ink empty:hidden">
              {message}
            </p>
          </>
        ) : (
          <PictureField
            picture={picture}
            isRound={isRound}
            error={message ?? undefined}
            onChange={(next) => {
              saving.clearError();
              setPicture(next);
            }}
          />
        )}
      </div>
    </Dialog>
  );
}
