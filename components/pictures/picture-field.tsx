"use client";
import { ImagePlus } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { type ChosenPicture, closePicture, openPicture } from "./chosen-picture";
import { CropArea } from "./crop-area";

type PictureFieldProps = {
  picture: ChosenPicture | null;
  isRound: boolean;
  /** Why the picture was refused. */
  error?: string | undefined;
  onChange: (picture: ChosenPicture) => void;
};

/** Chooses a picture on this device, and the square of it to upload. */
export function PictureField({ picture, isRound, error, onChange }: PictureFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string>();
  const shownImage = useRef<ChosenPicture | null>(null);

  useEffect(() => {
    if (shownImage.current && shownImage.current.image !== picture?.image) closePicture(shownImage.current);
    shownImage.current = picture;
  }, [picture]);
  useEffect(() => () => void (shownImage.current && closePicture(shownImage.current)), []);

  async function choose(file: File | undefined) {
    if (!file) return;
    try {
      onChange(await openPicture(file));
      setProblem(undefined);
    } catch {
      setProblem("This browser can't show that file. Choose a PNG, JPEG, WebP or GIF.");
    }
  }

  return (
    <div className="flex flex-col items-center gap-4">
      {picture && (
        <CropArea picture={picture} isRound={isRound} onChange={(crop) => onChange({ image: picture.image, crop })} />
      )}
      <input
        ref={input}
        type="file"
        hidden
        aria-label="Picture"
        accept="image/png,image/jpeg,image/webp,image/gif"
        onChange={(event) => {
          void choose(event.target.files?.[0]);
          // Otherwise, choosing the same file again would not cause a change event.
          event.target.value = "";
        }}
      />
      <Button icon={<ImagePlus aria-hidden />} onClick={() => input.current?.click()}>
        {picture ? "Choose another picture" : "Choose a picture"}
      </Button>
      <p role="alert" className="text-sm text-danger-ink empty:hidden">
        {problem ?? error}
      </p>
    </div>
  );
}
