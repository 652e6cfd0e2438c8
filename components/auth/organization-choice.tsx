"use client";
import { ChevronRight } from "lucide-react";
import { OrganizationAvatar } from "@/components/shell/organization-avatar";
import { OrganizationNews } from "@/components/shell/organization-news";
import type { OwnOrganization } from "@/lib/contract/own-organizations";
import { pathsOf } from "@/lib/contract/paths";

/** Links to the organizations of an account. The first one has the focus. */
export function OrganizationChoice({ organizations }: { organizations: readonly OwnOrganization[] }) {
  return (
    <ul aria-label="Organizations" className="-m-3 flex flex-col gap-1">
      {organizations.map((organization, at) => (
        <li key={organization.id}>
          {/* An ordinary link, because the chat must be loaded from the server. */}
          <a
            href={pathsOf(organization.handle).home}
            ref={at === 0 ? focusFirst : undefined}
            className="flex min-h-touch items-center gap-3 rounded-control px-3 py-2 hover:bg-hover"
          >
            <OrganizationAvatar organization={organization} size={36} />
            <span className="min-w-0 flex-1 leading-snug">
              <bdi className="block truncate text-md font-strong">{organization.name}</bdi>
              <span className="block truncate text-sm text-ink-faint">/o/{organization.handle}</span>
            </span>
            <OrganizationNews organization={organization} />
            <ChevronRight aria-hidden className="size-4 flex-none text-ink-faint rtl:-scale-x-100" />
          </a>
        </li>
      ))}
    </ul>
  );
}

/** So that Enter opens the organization that was used last. */
function focusFirst(link: HTMLAnchorElement | null) {
  link?.focus({ preventScroll: true });
}
