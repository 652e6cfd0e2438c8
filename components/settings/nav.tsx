"use client";
import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useId } from "react";
import { offered } from "@/components/offers";
import { usePaths } from "@/components/shell/place";
import { cn } from "@/components/ui/cn";
import type { Person } from "@/lib/contract/person";
import type { Asker } from "@/lib/policy/decision";
import { type SettingsPageOffer, settingsPages } from "./settings-pages";

/** Links to the settings pages that the person may use. */
export function SettingsNav({ me, organization }: { me: Person; organization: string }) {
  const pages = offered<Pick<Asker, "role">, SettingsPageOffer>(settingsPages, me);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-3 pb-3">
      <Pages title="You" pages={pages.filter(({ isOrganization }) => !isOrganization)} />
      <Pages title={organization} pages={pages.filter(({ isOrganization }) => isOrganization)} />
    </div>
  );
}

function Pages({ title, pages }: { title: string; pages: readonly SettingsPageOffer[] }) {
  const paths = usePaths();
  if (pages.length === 0) return null;
  return (
    <Section title={title}>
      {pages.map((page) => (
        <Item key={page.key} href={paths.setting(page.key)} icon={page.icon}>
          {page.title}
        </Item>
      ))}
    </Section>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <>
      <p id={id} className="mt-3.5 truncate px-2 text-xs font-medium leading-7 text-ink-faint first:mt-1">
        {title}
      </p>
      <ul aria-labelledby={id}>{children}</ul>
    </>
  );
}

function Item({ href, icon, children }: { href: string; icon: ReactNode; children: ReactNode }) {
  const pathname = usePathname();
  const paths = usePaths();
  // `/settings` shows the account page beside the list.
  const isCurrent =
    pathname === href ||
    pathname.startsWith(`${href}/`) ||
    (pathname === paths.settings && href === paths.setting("account"));
  return (
    <li>
      <Link
        href={href}
        aria-current={isCurrent ? "page" : undefined}
        className={cn(
          "flex h-control items-center gap-2.5 rounded-control px-2 text-ui max-md:h-12 max-md:text-touch [&>svg]:size-4",
          isCurrent ? "md:selected md:font-strong" : "hover:bg-hover md:text-ink-soft [&>svg]:text-ink-faint",
        )}
      >
        {icon}
        <span className="min-w-0 flex-1 truncate">{children}</span>
        <ChevronRight aria-hidden className="text-ink-faint md:hidden" />
      </Link>
    </li>
  );
}
