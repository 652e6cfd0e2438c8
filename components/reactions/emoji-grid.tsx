"use client";
import { type EmojiPickerListComponents as Parts, EmojiPicker } from "frimousse";
import { useState } from "react";
import { useMe } from "@/lib/client/hooks/use-me";
import { categories, emojis, toneLabels } from "./emoji-data";
import { recentEmoji, rememberedTone, rememberTone, type SkinTone, skinTones } from "./recent-emoji";

const columns = 8;
const data = { locale: "en", emojis, categories, skinTones: toneLabels };
const emojiLook =
  "flex aspect-square h-9 flex-none items-center justify-center rounded-control text-[22px] leading-none hover:bg-hover data-[active]:bg-press max-md:h-touch";

const parts: Partial<Parts> = {
  CategoryHeader: ({ category, ...props }) => (
    <div {...props} className="bg-surface-raised px-2 pt-2 pb-1 text-xs font-medium text-ink-faint">
      {category.label}
    </div>
  ),
  Row: (props) => <div {...props} className="flex justify-between px-1" />,
  Emoji: ({ emoji, ...props }) => (
    <button type="button" {...props} className={emojiLook}>
      {emoji.emoji}
    </button>
  ),
};

/** All emoji, with a search field, the ones that the viewer used last, and the choice of a skin tone. */
export function EmojiGrid({ onChoose }: { onChoose: (emoji: string) => void }) {
  const { me } = useMe();
  const [recent] = useState(() => recentEmoji(me.id, columns));
  const [firstTone] = useState(() => rememberedTone(me.id));
  const [search, setSearch] = useState("");
  return (
    <EmojiPicker.Root
      columns={columns}
      skinTone={firstTone}
      resolveEmojiData={() => data}
      onEmojiSelect={({ emoji }) => onChoose(emoji)}
      className="isolate flex h-[min(380px,60dvh)] w-full flex-col"
    >
      <div className="flex items-center gap-1.5 p-2">
        <EmojiPicker.Search
          aria-label="Find an emoji"
          placeholder="e.g. rocket"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className="h-control min-w-0 flex-1 rounded-control border border-line-control bg-surface px-3 text-ui outline-none placeholder:text-ink-faint focus:border-accent max-md:h-touch"
        />
        <EmojiPicker.SkinTone emoji="✋">
          {({ skinTone, setSkinTone, skinToneVariations }) => (
            <ToneButton
              tone={skinTones.find((tone) => tone === skinTone) ?? "none"}
              emojiOf={(tone) => skinToneVariations.find((each) => each.skinTone === tone)?.emoji ?? "✋"}
              onChange={(tone) => {
                setSkinTone(tone);
                rememberTone(me.id, tone);
              }}
            />
          )}
        </EmojiPicker.SkinTone>
      </div>
      {search === "" && (
        <div role="group" aria-label="Recent" className="flex flex-wrap gap-1 border-b px-1 pb-1.5">
          {recent.map((emoji) => (
            <button key={emoji} type="button" aria-label={emoji} className={emojiLook} onClick={() => onChoose(emoji)}>
              {emoji}
            </button>
          ))}
        </div>
      )}
      <EmojiPicker.Viewport className="min-h-0 flex-1 overscroll-contain outline-none">
        <EmojiPicker.Empty className="absolute inset-0 flex items-center justify-center text-ui text-ink-faint">
          No emoji found
        </EmojiPicker.Empty>
        <EmojiPicker.List components={parts} className="pb-1.5 select-none" />
      </EmojiPicker.Viewport>
      <EmojiPicker.ActiveEmoji>
        {({ emoji }) => (
          <p className="flex h-10 flex-none items-center gap-2 border-t px-3 text-sm text-ink-soft max-md:hidden">
            {emoji && (
              <>
                <span aria-hidden className="text-[20px]">
                  {emoji.emoji}
                </span>
                <span className="truncate">{emoji.label}</span>
              </>
            )}
          </p>
        )}
      </EmojiPicker.ActiveEmoji>
    </EmojiPicker.Root>
  );
}

type ToneButtonProps = { tone: SkinTone; emojiOf: (tone: SkinTone) => string; onChange: (tone: SkinTone) => void };

/** Each press chooses the next skin tone. */
function ToneButton({ tone, emojiOf, onChange }: ToneButtonProps) {
  const next = skinTones[(skinTones.indexOf(tone) + 1) % skinTones.length] ?? "none";
  const label = tone === "none" ? "No skin tone" : toneLabels[tone];
  return (
    <button
      type="button"
      aria-label={`${label}. Change skin tone`}
      className={emojiLook}
      onClick={() => onChange(next)}
    >
      {emojiOf(tone)}
    </button>
  );
}
