import { cn } from "./cn";

type EmojiButtonsProps = {
  emojis: readonly string[];
  /** The chosen one. */
  emoji: string;
  onChange: (emoji: string) => void;
  /** How the list divides its width into columns. */
  className: string;
};

/** Emojis to choose from, as buttons. */
export function EmojiButtons({ emojis, emoji, onChange, className }: EmojiButtonsProps) {
  return (
    <ul aria-label="Emoji" className={cn("grid", className)}>
      {emojis.map((each) => (
        <li key={each}>
          <button
            type="button"
            aria-pressed={emoji === each}
            className="grid size-11 place-items-center rounded-control text-2xl hover:bg-hover aria-pressed:bg-press"
            onClick={() => onChange(each)}
          >
            {each}
          </button>
        </li>
      ))}
    </ul>
  );
}
