import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { PlaceLink } from "./place-link";

type PageLinkProps = { href: string; icon: ReactNode; current: boolean; unread?: boolean; children: ReactNode };

/** A link to a page of the chat that is not a room. */
export function PageLink({ href, icon, current, unread = false, children }: PageLinkProps) {
  return (
    <PlaceLink
      href={href}
      aria-current={current ? "page" : undefined}
      className={cn(
        "flex h-control flex-none items-center gap-2.5 rounded-control px-2 text-ui -outline-offset-2 transition-[background-color] max-md:h-touch max-md:gap-3 max-md:px-3 max-md:text-md [&>svg]:size-4 max-md:[&>svg]:size-[18px]",
        current
          ? "selected font-strong"
          : unread
            ? "font-strong text-ink hover:bg-hover"
            : "text-ink-soft hover:bg-hover",
      )}
    >
      {icon}
      {children}
    </PlaceLink>
  );
}
