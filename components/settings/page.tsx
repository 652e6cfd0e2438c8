"use client";
import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { usePaths } from "@/components/shell/place";
import { cn } from "@/components/ui/cn";

type SettingsPageProps = {
  title: string;
  /** The organization's name. Not set on pages about the person's own account. */
  organizationName?: string;
  description?: ReactNode;
  /** Buttons at the end of the title, the primary one last. */
  actions?: ReactNode;
  /** For forms, which are narrower than tables. */
  narrow?: boolean;
  children: ReactNode;
};

/** The title bar and the scrolling content of one settings page. */
export function SettingsPage({ title, organizationName, description, actions, narrow, children }: SettingsPageProps) {
  return (
    <>
      <div className="glass-bar absolute inset-x-0 top-0 z-10 flex h-bar items-center gap-1 border-b px-5 text-ui max-md:h-15 max-md:px-1">
        <Link
          href={usePaths().settings}
          className="flex h-touch items-center gap-1 rounded-control pr-3 pl-2 text-md font-semibold tracking-name hover:bg-hover md:hidden"
        >
          <ChevronLeft aria-hidden className="size-5" />
          Settings
        </Link>
        {organizationName && (
          <>
            <span className="min-w-0 truncate text-sm text-ink-faint max-md:hidden">{organizationName}</span>
            <ChevronRight aria-hidden className="size-3.5 max-md:hidden" />
          </>
        )}
        <span aria-hidden className="min-w-0 truncate font-semibold tracking-name max-md:hidden">
          {title}
        </span>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-10 pt-[84px] pb-10 max-md:px-4 max-md:pt-20">
        <div className={cn("@container/page mx-auto", narrow ? "max-w-[968px]" : "max-w-[1072px]")}>
          <div className="mb-5 flex flex-wrap items-start gap-x-3 gap-y-4">
            <div className="min-w-44 flex-1">
              <h1 className="text-xl wrap-anywhere tracking-display max-md:text-2xl">{title}</h1>
              {description && <p className="mt-1 text-ui text-ink-soft">{description}</p>}
            </div>
            {actions && <div className="flex gap-2">{actions}</div>}
          </div>
          {children}
        </div>
      </div>
    </>
  );
}

/** A group of settings: title and description on the left, the settings on the right. */
export function SettingsSection({
  title,
  description,
  children,
}: {
  title: string;
  description?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="grid gap-x-10 gap-y-4 border-t py-6.5 first-of-type:border-t-0 first-of-type:pt-1 [form+&]:border-t! [form+&]:pt-6.5! @min-[640px]/page:grid-cols-[200px_minmax(0,1fr)] @min-[840px]/page:grid-cols-[248px_minmax(0,1fr)]">
      <div>
        <h2 className="text-md">{title}</h2>
        {description && <p className="mt-1 text-sm text-ink-faint">{description}</p>}
      </div>
      <div className="grid max-w-[680px] min-w-0 grid-cols-[minmax(0,1fr)] gap-4">{children}</div>
    </section>
  );
}
