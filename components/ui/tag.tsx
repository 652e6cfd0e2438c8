import { cva, type VariantProps } from "class-variance-authority";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

const tag = cva(
  "inline-flex h-[22px] max-w-full flex-none items-center gap-[5px] whitespace-nowrap rounded-sm px-2 text-xs font-medium [&>svg]:size-3",
  {
    variants: {
      tone: {
        neutral: "bg-hover text-ink-soft",
        accent: "bg-accent-soft text-accent-ink",
        success: "bg-success-soft text-success-ink",
        warning: "bg-warning-soft text-warning-ink",
        danger: "bg-danger-soft text-danger-ink",
      },
    },
    defaultVariants: { tone: "neutral" },
  },
);

type TagProps = VariantProps<typeof tag> & { icon?: ReactNode; className?: string; children: ReactNode };

/** A short label, such as a role or a state. It cannot be pressed. */
export function Tag({ tone, icon, className, children }: TagProps) {
  return (
    <span className={cn(tag({ tone }), className)}>
      {icon}
      <span className="truncate">{children}</span>
    </span>
  );
}

const chipClasses =
  "inline-flex h-[30px] max-w-full flex-none items-center gap-1.5 whitespace-nowrap rounded-full border px-[11px] text-sm font-medium max-md:h-touch [&>svg]:size-3.5";
const chipColors = "border-line-strong bg-surface text-ink-soft [&>svg]:text-ink-faint";

/** A chosen item with a button that removes it, such as a person in an invite. */
export function RemovableChip({
  icon,
  onRemove,
  children,
  name,
}: {
  icon?: ReactNode;
  name: string;
  onRemove: () => void;
  children?: ReactNode;
}) {
  return (
    <span className={cn(chipClasses, chipColors, "pr-1")}>
      {icon}
      <span className="truncate">{children ?? name}</span>
      <button
        type="button"
        aria-label={`Remove ${name}`}
        onClick={onRemove}
        className="grid size-6 place-items-center rounded-full text-ink-faint hover:bg-hover hover:text-ink max-md:size-9"
      >
        <X aria-hidden className="size-3.5" />
      </button>
    </span>
  );
}
