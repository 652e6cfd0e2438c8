import { CornerDownLeft } from "lucide-react";
import { cn } from "@/components/ui/cn";
import { Kbd, Shortcut } from "@/components/ui/kbd";
import type { SwitcherOption } from "./use-switcher";

type OptionProps = { id: string; option: SwitcherOption; on: boolean; onChoose: () => void; onPoint: () => void };

/** One option of the switcher, as a line. `actionLabel` only looks like a button: the whole line is clickable. */
export function Option({ id, option, on, onChoose, onPoint }: OptionProps) {
  const { icon, more, end, actionLabel, shortcut } = option;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the combobox has the focus and receives the keys
    <div
      id={id}
      tabIndex={-1}
      role="option"
      aria-selected={on}
      onClick={onChoose}
      onPointerMove={onPoint}
      className={cn(
        "flex min-h-[42px] cursor-pointer items-center gap-3 rounded-control px-3 text-ui max-md:min-h-12 [&>svg]:mx-[3px] [&>svg]:size-[18px] [&>svg]:flex-none",
        on ? "selected text-ink [&>svg]:text-accent-ink" : "[&>svg]:text-ink-faint",
      )}
    >
      {icon}
      <span className="flex min-w-0 flex-1 items-baseline gap-3">
        <Name option={option} />
        {more && (
          <span dir="auto" className={cn("truncate text-sm", on ? "text-ink-soft" : "text-ink-faint")}>
            {more}
          </span>
        )}
      </span>
      <span className={cn("flex flex-none items-center gap-2 text-xs", on ? "text-ink-soft" : "text-ink-faint")}>
        {end}
        {shortcut && <Shortcut keys={shortcut} />}
        {actionLabel && (
          <span className="inline-flex h-7 items-center rounded-control border border-line-control bg-surface px-2.5 text-sm font-medium text-ink-soft">
            {actionLabel}
          </span>
        )}
        {on && !shortcut && !actionLabel && (
          <Kbd className="max-md:hidden">
            <CornerDownLeft aria-hidden className="size-3" />
          </Kbd>
        )}
      </span>
    </div>
  );
}

function Name({ option: { name, marks, strong } }: Pick<OptionProps, "option">) {
  const ends = [0, ...marks.flat(), name.length];
  return (
    <bdi className={cn("max-w-[70%] flex-none truncate", strong && "font-strong")}>
      {ends.slice(1).map((end, at) => {
        const part = name.slice(ends[at], end);
        return at % 2 ? (
          <b key={at} className="font-semibold">
            {part}
          </b>
        ) : (
          part
        );
      })}
    </bdi>
  );
}
