"use client";
import {
  Building2,
  ChevronRight,
  Hash,
  MailPlus,
  ScrollText,
  Shapes,
  ShieldCheck,
  UserRound,
  UsersRound,
} from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useId } from "react";
import { usePaths } from "@/components/shell/place";
import { cn } from "@/components/ui/cn";
import type { Person } from "@/lib/contract/person";
import { runsOrganization } from "@/lib/policy/decision";

/** Links to the pages of the settings that this person may use. */
export function SettingsNav({ me, organization }: { me: Person; organization: string }) {
  const paths = usePaths();
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-3 pb-3">
      <Section title="You">
        <Item href={paths.setting("account")} icon={<UserRound />}>
          Account
        </Item>
      </Section>
      {runsOrganization(me) && (
        <Section title={organization}>
          <Item href={paths.setting("general")} icon={<Building2 />}>
            General
          </Item>
          <Item href={paths.setting("rooms")} icon={<Hash />}>
            Rooms
          </Item>
          <Item href={paths.setting("people")} icon={<UsersRound />}>
            People
          </Item>
          <Item href={paths.setting("groups")} icon={<Shapes />}>
            Groups
          </Item>
          <Item href={paths.setting("invites")} icon={<MailPlus />}>
            Invites
          </Item>
          <Item href={paths.setting("security")} icon={<ShieldCheck />}>
            Security
          </Item>
          <Item href={paths.setting("audit")} icon={<ScrollText />}>
            Audit log
          </Item>
        </Section>
      )}
    </div>
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
  // `/settings` shows the account beside the list.
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
