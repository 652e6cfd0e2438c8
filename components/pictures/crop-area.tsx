"use client";
import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { cn } from "@/components/ui/cn";
import { isKey } from "@/components/ui/keys";
import type { ChosenPicture } from "./chosen-picture";
import { changeCrop, type Crop, maxZoom, squareOf } from "./crop";

type CropAreaProps = { picture: ChosenPicture; isRound: boolean; onChange: (crop: Crop) => void };

/** How far an arrow key moves the square, as a fraction of its side. */
const keyStep = 0.05;
const steps: Record<string, { dx?: number; dy?: number }> = {
  left: { dx: -keyStep },
  right: { dx: keyStep },
  up: { dy: -keyStep },
  down: { dy: keyStep },
};

/** Shows a picture in a square. The picture can be dragged, moved with the arrow keys, and zoomed. */
export function CropArea({ picture: { image, crop }, isRound, onChange }: CropAreaProps) {
  const area = useRef<HTMLDivElement>(null);
  const size = { width: image.naturalWidth, height: image.naturalHeight };
  const { left, top, side } = squareOf(size, crop);
  const percent = (length: number) => `${(length / side) * 100}%`;

  function onKeyDown(event: KeyboardEvent) {
    const key = Object.keys(steps).find((name) => isKey(event, name));
    if (!key) return;
    event.preventDefault();
    onChange(changeCrop(size, crop, steps[key] ?? {}));
  }
  function onPointerDown(event: PointerEvent<HTMLDivElement>) {
    event.currentTarget.setPointerCapture(event.pointerId);
  }
  function onPointerMove(event: PointerEvent<HTMLDivElement>) {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const width = event.currentTarget.clientWidth;
    onChange(changeCrop(size, crop, { dx: -event.movementX / width, dy: -event.movementY / width }));
  }

  return (
    <div className="flex flex-col items-center gap-4">
      {/* The direction is fixed, because positions in a picture do not depend on the text direction. */}
      <div
        ref={area}
        dir="ltr"
        role="group"
        tabIndex={0}
        aria-label="Position. Drag the picture, or move it with the arrow keys"
        className="relative size-64 touch-none cursor-move overflow-hidden rounded-thing bg-surface-sunken select-none"
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
      >
        <img
          src={image.src}
          alt=""
          draggable={false}
          className="pointer-events-none absolute max-w-none"
          style={{ width: percent(size.width), left: percent(-left), top: percent(-top) }}
        />
        <span
          aria-hidden
          className={cn(
            "pointer-events-none absolute inset-0 shadow-[0_0_0_100px_var(--scrim)]",
            isRound ? "rounded-full" : "rounded-thing",
          )}
        />
      </div>
      <label className="flex w-64 items-center gap-3 text-sm text-ink-soft">
        Zoom
        <input
          type="range"
          min={1}
          max={maxZoom}
          step={0.05}
          value={crop.zoom}
          onChange={(event) => onChange(changeCrop(size, crop, { zoom: Number(event.target.value) }))}
          className="slider h-6 min-w-0 flex-1 cursor-pointer max-md:h-touch"
        />
      </label>
    </div>
  );
}
