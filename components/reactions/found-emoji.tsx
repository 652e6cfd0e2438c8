"use client";
import { useEffect } from "react";
import type { PickerEmoji } from "./emoji-data";
import type { SkinTone } from "./recent-emoji";
import { toned } from "./toned";

export const emojiLook =
  "flex aspect-square h-9 flex-none items-center justify-center rounded-control text-[22px] leading-none hover:bg-hover data-[active]:bg-press max-md:h-touch";

export const optionId = (id: string, { emoji }: PickerEmoji): string => `${id} ${emoji}`.replaceAll(" ", "-");

type FoundEmojiProps = {
  /** Its own id. */
  id: string;
  found: readonly PickerEmoji[];
  active: PickerEmoji | undefined;
  tone: SkinTone;
  onChoose: (emoji: string) => void;
};

/** The emoji that a search found. The keys are those of the search field. */
export function FoundEmoji({ id, found, active, tone, onChoose }: FoundEmojiProps) {
  useEffect(() => {
    if (active) document.getElementById(optionId(id, active))?.scrollIntoView({ block: "nearest" });
  }, [id, active]);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain border-t px-1 pt-1.5">
      {found.length === 0 && (
        <p role="status" className="pt-10 text-center text-ui text-ink-faint">
          No emoji found
        </p>
      )}
      <div id={id} role="listbox" aria-label="Found" className="grid grid-cols-8 justify-items-center pb-1.5">
        {found.map((each) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the combobox has the focus and receives the keys
          <div
            key={each.emoji}
            id={optionId(id, each)}
            tabIndex={-1}
            role="option"
            aria-label={each.label}
            aria-selected={each === active}
            data-active={each === active ? "" : undefined}
            className={`${emojiLook} cursor-pointer select-none`}
            onClick={() => onChoose(toned(each, tone))}
          >
            {toned(each, tone)}
          </div>
        ))}
      </div>
    </div>
  );
}
