import { cva, type VariantProps } from "class-variance-authority";
import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

const banner = cva("flex min-h-9 items-center gap-2.5 px-4 py-1.5 text-sm [&>svg]:size-4", {
  variants: {
    tone: {
      neutral: "bg-surface-sunken text-ink-soft",
      success: "bg-success-soft text-success-ink",
      warning: "bg-warning-soft text-warning-ink",
      danger: "bg-danger-soft text-danger-ink",
    },
  },
  defaultVariants: { tone: "warning" },
});

const icons = { neutral: Info, success: CircleCheck, warning: TriangleAlert, danger: CircleAlert };

type BannerProps = VariantProps<typeof banner> & {
  icon?: ReactNode;
  /** One inconspicuous button at the right end. */
  action?: ReactNode;
  className?: string;
  children: ReactNode;
};

/** A one-line notice: what happened, then what to do. Screen readers announce it when it appears. */
export function Banner({ tone, icon, action, className, children }: BannerProps) {
  const Icon = icons[tone ?? "warning"];
  return (
    <div role={tone === "danger" ? "alert" : "status"} className={cn(banner({ tone }), className)}>
      {icon ?? <Icon aria-hidden />}
      <div className="min-w-0 flex-1 [&_b]:font-semibold">{children}</div>
      {action}
    </div>
  );
}
