"use client";
import { type EmojiPickerListComponents as Parts, EmojiPicker } from "frimousse";
import { type AriaAttributes, type KeyboardEvent, useId, useMemo, useState } from "react";
import { isKey } from "@/components/ui/keys";
import { useMe } from "@/lib/client/hooks/use-me";
import { categories, emojis, toneLabels } from "./emoji-data";
import { findEmoji } from "./find-emoji";
import { emojiLook, FoundEmoji, optionId } from "./found-emoji";
import { recentEmoji, rememberedTone, rememberTone } from "./recent-emoji";
import { ToneChoice } from "./tone-choice";
import { toned } from "./toned";

const columns = 8;
/** How many of the emoji that were used last come first in a search. */
const recentInSearch = 18;
const data = { locale: "en", emojis, categories, skinTones: toneLabels };

/** ARIA counts rows and columns from 1, the library from 0. */
const fromOne = <P extends AriaAttributes>(props: P): P => ({
  ...props,
  "aria-rowindex": props["aria-rowindex"] === undefined ? undefined : props["aria-rowindex"] + 1,
  "aria-colindex": props["aria-colindex"] === undefined ? undefined : props["aria-colindex"] + 1,
});

const parts: Partial<Parts> = {
  CategoryHeader: ({ category, ...props }) => (
    <div {...props} className="bg-surface-raised px-2 pt-2 pb-1 text-xs font-medium text-ink-faint">
      {category.label}
    </div>
  ),
  Row: (props) => <div {...fromOne(props)} className="flex justify-between px-1" />,
  Emoji: ({ emoji, ...props }) => (
    <button type="button" {...fromOne(props)} className={emojiLook}>
      {emoji.emoji}
    </button>
  ),
};

/** All emoji, with a search field, the ones that the viewer used last, and the choice of a skin tone. */
export function EmojiGrid({ onChoose }: { onChoose: (emoji: string) => void }) {
  const { me } = useMe();
  const id = useId();
  const [recent] = useState(() => recentEmoji(me.id, recentInSearch));
  const [tone, setTone] = useState(() => rememberedTone(me.id));
  const [query, setQuery] = useState("");
  const [activeIndex, setActiveIndex] = useState(0);
  const found = useMemo(() => (query.trim() === "" ? null : findEmoji(query, recent)), [query, recent]);
  const active = found?.[activeIndex];

  /** The keys of what was found. Without a search, the library moves through all emoji. */
  function onKeyDown(event: KeyboardEvent) {
    if (!found) return;
    const steps = { left: -1, right: 1, up: -columns, down: columns };
    const step = Object.entries(steps).find(([key]) => isKey(event, key))?.[1];
    if (step === undefined && !isKey(event, "enter")) return;
    // Also tells the library to leave the key alone.
    event.preventDefault();
    if (step === undefined) {
      if (active) onChoose(toned(active, tone));
    } else if (found[activeIndex + step]) setActiveIndex(activeIndex + step);
  }

  return (
    <EmojiPicker.Root
      columns={columns}
      skinTone={tone}
      resolveEmojiData={() => data}
      onEmojiSelect={({ emoji }) => onChoose(emoji)}
      className="isolate flex h-[min(380px,60dvh)] w-full flex-col"
    >
      <div className="flex items-center gap-1.5 p-2">
        <EmojiPicker.Search
          role="combobox"
          aria-label="Find an emoji"
          aria-expanded={found !== null}
          aria-controls={id}
          aria-activedescendant={active && optionId(id, active)}
          placeholder="e.g. rocket"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setActiveIndex(0);
          }}
          onKeyDown={onKeyDown}
          className="h-control min-w-0 flex-1 rounded-control border border-line-control bg-surface px-3 text-ui outline-none placeholder:text-ink-faint focus:border-accent max-md:h-touch max-md:text-touch"
        />
        <ToneChoice
          tone={tone}
          onChange={(next) => {
            setTone(next);
            rememberTone(me.id, next);
          }}
        />
      </div>
      {found ? (
        <FoundEmoji id={id} found={found} active={active} tone={tone} onChoose={onChoose} />
      ) : (
        <>
          <div role="group" aria-label="Recent" className="flex flex-wrap gap-1 border-b px-1 pb-1.5">
            {recent.slice(0, columns).map((emoji) => (
              <button
                key={emoji}
                type="button"
                aria-label={emoji}
                className={emojiLook}
                onClick={() => onChoose(emoji)}
              >
                {emoji}
              </button>
            ))}
          </div>
          <EmojiPicker.Viewport
            role="group"
            aria-label="All emoji"
            tabIndex={0}
            className="min-h-0 flex-1 overscroll-contain -outline-offset-2"
          >
            <EmojiPicker.List components={parts} className="pb-1.5 select-none" />
          </EmojiPicker.Viewport>
          <EmojiPicker.ActiveEmoji>
            {({ emoji }) => <ActiveLine emoji={emoji?.emoji} label={emoji?.label} />}
          </EmojiPicker.ActiveEmoji>
        </>
      )}
      {found && <ActiveLine emoji={active && toned(active, tone)} label={active?.label} />}
    </EmojiPicker.Root>
  );
}

/** Says which emoji Enter chooses. */
function ActiveLine({ emoji, label }: { emoji: string | undefined; label: string | undefined }) {
  return (
    <p className="flex h-10 flex-none items-center gap-2 border-t px-3 text-sm text-ink-soft max-md:hidden">
      <span aria-hidden className="text-lg empty:hidden">
        {emoji}
      </span>
      <span className="truncate">{label}</span>
    </p>
  );
}
