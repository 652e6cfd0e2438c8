"use client";
import { useEffect, useId, useRef, useState } from "react";
import { isKey } from "@/components/ui/keys";
import { Popover } from "@/components/ui/popover";
import { emojis, type PickerEmoji, toneLabels } from "./emoji-data";
import { emojiLook } from "./found-emoji";
import { type SkinTone, skinTones } from "./recent-emoji";
import { toned } from "./toned";

type ToneChoiceProps = { tone: SkinTone; onChange: (tone: SkinTone) => void };

const hand = emojis.find(({ emoji }) => emoji === "✋") as PickerEmoji;
const arrows = ["up", "down", "left", "right"];
const labelOf = (tone: SkinTone) => (tone === "none" ? "No skin tone" : toneLabels[tone]);

/** A hand with the chosen skin tone, and a panel with the others. */
export function ToneChoice({ tone, onChange }: ToneChoiceProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover
      label="Skin tone"
      align="end"
      open={isOpen}
      onOpenChange={setOpen}
      className="p-1"
      trigger={
        <button type="button" aria-label={`${labelOf(tone)}. Change skin tone`} className={emojiLook}>
          {toned(hand, tone)}
        </button>
      }
    >
      <Tones tone={tone} onChange={onChange} onDone={() => setOpen(false)} />
    </Popover>
  );
}

/** The choice of a skin tone, shown as hands. Arrow keys choose one. A click or Enter also closes the panel. */
export function Tones({ tone, onChange, onDone }: ToneChoiceProps & { onDone: () => void }) {
  const name = useId();
  const choices = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    // The panel would focus the first one.
    choices.current?.querySelector<HTMLElement>(":checked")?.focus({ preventScroll: true });
  }, []);
  return (
    <fieldset
      ref={choices}
      role="radiogroup"
      className="flex"
      onKeyDown={(event) => {
        const isDone = isKey(event, "enter") || isKey(event, "space");
        // Otherwise, the picker moves through its emoji.
        if (isDone || arrows.some((key) => isKey(event, key))) event.stopPropagation();
        if (!isDone) return;
        event.preventDefault();
        onDone();
      }}
    >
      <legend className="sr-only">Skin tone</legend>
      {skinTones.map((each) => (
        <label
          key={each}
          className="relative grid size-9 cursor-pointer place-items-center rounded-sm border border-transparent text-[21px] leading-none hover:bg-hover has-checked:border-accent-line has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent max-md:size-touch"
        >
          <input
            type="radio"
            className="absolute inset-0 cursor-pointer appearance-none rounded-sm outline-none"
            name={name}
            aria-label={labelOf(each)}
            checked={each === tone}
            onChange={() => onChange(each)}
            // The click that an arrow key makes has no count.
            onClick={(event) => event.detail > 0 && onDone()}
          />
          <span aria-hidden>{toned(hand, each)}</span>
        </label>
      ))}
    </fieldset>
  );
}
