import type { ReactNode } from "react";
import { cn } from "./cn";

type EmptyProps = {
  icon?: ReactNode;
  /** Shown instead of the icon and its tile. */
  tile?: ReactNode;
  title: ReactNode;
  /** One sentence: what happened or what belongs here, and what to do. */
  children?: ReactNode;
  /** Buttons, the primary one last. */
  actions?: ReactNode;
  /** The heading's level in the page's outline. */
  heading?: "h1" | "h2" | "h3";
  className?: string;
};

/** Shown instead of content that is empty, failed to load or is not allowed. */
export function Empty({ icon, tile, title, children, actions, heading: Heading = "h2", className }: EmptyProps) {
  return (
    <div className={cn("flex flex-1 flex-col items-center justify-center gap-1 p-8 text-center", className)}>
      <div aria-hidden className="mb-3">
        {tile ?? (
          <div className="well grid size-14 place-items-center rounded-thing text-ink-soft [&_svg]:size-[22px] [&_svg]:stroke-[1.6]">
            {icon}
          </div>
        )}
      </div>
      <Heading className="text-lg wrap-anywhere">{title}</Heading>
      {children && <p className="max-w-85 text-balance text-ui text-ink-soft wrap-anywhere">{children}</p>}
      {actions && <div className="mt-4 flex flex-wrap items-center justify-center gap-2">{actions}</div>}
    </div>
  );
}
