import type { ReactNode } from "react";

/** A section of a room's details, with its title and an optional button. */
export function Section({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section className="mt-4 border-t pt-4">
      <div className="flex min-h-6 items-center justify-between gap-2">
        <h4 className="text-xs font-medium text-ink-faint">{title}</h4>
        {action}
      </div>
      <dl className="mt-1 text-sm">{children}</dl>
    </section>
  );
}

/** The width of every select in the details, so that they line up. */
export const choiceWidth = "w-48 max-md:w-56";

/** One line of a section: the name of a setting and its value. */
export function Rule({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-h-8 items-baseline justify-between gap-4 py-1.5">
      <dt className="min-w-21 flex-1 text-ink-soft">{name}</dt>
      <dd className="min-w-0 text-end font-medium wrap-anywhere">{children}</dd>
    </div>
  );
}
