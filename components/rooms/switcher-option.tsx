import { CornerDownLeft } from "lucide-react";
import { cn } from "@/components/ui/cn";
import { Kbd, Shortcut } from "@/components/ui/kbd";
import { Marked } from "@/components/ui/marked";
import type { SwitcherOption } from "./use-switcher";

type OptionProps = {
  id: string;
  option: SwitcherOption;
  isChosen: boolean;
  onChoose: () => void;
  onPointerOver: () => void;
};

/** One line of the switcher. The whole line is clickable; `actionLabel` only looks like a button. */
export function Option({ id, option, isChosen, onChoose, onPointerOver }: OptionProps) {
  const { icon, details, trailing, actionLabel, shortcut } = option;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the combobox has the focus and receives the keys
    <div
      id={id}
      tabIndex={-1}
      role="option"
      aria-selected={isChosen}
      onClick={onChoose}
      onPointerMove={onPointerOver}
      className={cn(
        "flex min-h-[42px] cursor-pointer items-center gap-3 rounded-control px-3 text-ui max-md:min-h-12 [&>svg]:mx-[3px] [&>svg]:size-[18px] [&>svg]:flex-none",
        isChosen ? "selected text-ink [&>svg]:text-accent-ink" : "[&>svg]:text-ink-faint",
      )}
    >
      {icon}
      <span className="flex min-w-0 flex-1 items-baseline gap-3">
        <Name option={option} />
        {details && (
          <span dir="auto" className={cn("truncate text-sm", isChosen ? "text-ink-soft" : "text-ink-faint")}>
            {details}
          </span>
        )}
      </span>
      <span className={cn("flex flex-none items-center gap-2 text-xs", isChosen ? "text-ink-soft" : "text-ink-faint")}>
        {trailing}
        {shortcut && <Shortcut keys={shortcut} />}
        {actionLabel && (
          <span className="inline-flex h-7 items-center rounded-control border border-line-control bg-surface px-2.5 text-sm font-medium text-ink-soft">
            {actionLabel}
          </span>
        )}
        {isChosen && !shortcut && !actionLabel && (
          <Kbd className="max-md:hidden">
            <CornerDownLeft aria-hidden className="size-3" />
          </Kbd>
        )}
      </span>
    </div>
  );
}

function Name({ option: { name, marks, strong } }: Pick<OptionProps, "option">) {
  return (
    <bdi className={cn("max-w-[70%] flex-none truncate", strong && "font-strong")}>
      <Marked text={name} marks={marks} />
    </bdi>
  );
}
