"use client";
import type { ReactNode } from "react";
import { Time } from "@/components/messages/time";
import { longDate } from "@/components/messages/times";
import { OrganizationAvatar } from "@/components/shell/organization-avatar";
import { Avatar } from "@/components/ui/avatar";
import { Tag } from "@/components/ui/tag";
import type { InviteLanding } from "@/lib/contract/invite";

type OpenInvite = Extract<InviteLanding, { state: "open" }>;

const roles: Record<string, [name: string, permissions: string]> = {
  member: ["Member", "read and post in every public room"],
  admin: ["Admin", "invite people and create password links, too"],
  guest: ["Guest", "only the rooms you were invited to"],
};

/** The page of a valid invite: who sent it and where it leads, next to the form. */
export function Landing({ invite, host, children }: { invite: OpenInvite; host: string; children: ReactNode }) {
  const { organization, inviter, rooms, expiresAt } = invite;
  const [role, permissions] = roles[invite.role] ?? [invite.role, null];
  return (
    <main className="grid min-h-dvh place-items-center p-8 max-md:place-items-start max-md:p-4">
      <div className="mx-auto grid w-full max-w-[880px] overflow-hidden rounded-bubble bg-surface shadow-popover max-lg:max-w-[432px] lg:grid-cols-[minmax(0,1fr)_432px]">
        <section className="flex min-w-0 flex-col border-r bg-surface-sunken p-9 max-lg:border-r-0 max-lg:border-b max-md:p-6">
          <OrganizationAvatar organization={organization} size={48} />
          <h1 className="mt-5 text-2xl tracking-display text-balance wrap-anywhere">
            Join <bdi>{organization.name}</bdi> on Parley
          </h1>
          <p className="mt-1 text-sm text-ink-faint wrap-anywhere">{host}</p>
          <div className="mt-7 mb-6 flex items-center gap-3">
            <Avatar id={inviter} name={inviter} size={40} />
            <p className="min-w-0 leading-snug wrap-anywhere">
              <b className="font-semibold">{inviter}</b> invited you
              {expiresAt && (
                <span className="block text-sm text-ink-faint">
                  The link works until <Time at={expiresAt} format={longDate} />
                </span>
              )}
            </p>
          </div>
          <dl className="mt-auto text-sm">
            <Fact name="You join as">
              {role}
              {permissions && <span className="text-ink-faint"> · {permissions}</span>}
            </Fact>
            {invite.guestEndsAt && (
              <Fact name="Until">
                {/* `guestEndsAt` is the first instant after the last day. */}
                <Time at={new Date(Date.parse(invite.guestEndsAt) - 1).toISOString()} format={longDate} />
              </Fact>
            )}
            {rooms.length > 0 && (
              <Fact name="Rooms">
                <ul className="flex flex-wrap gap-1">
                  {rooms.map((room) => (
                    <li key={room} className="min-w-0">
                      <Tag>{room}</Tag>
                    </li>
                  ))}
                </ul>
              </Fact>
            )}
          </dl>
        </section>
        <div className="flex min-w-0 flex-col justify-center p-9 max-md:p-6">{children}</div>
      </div>
    </main>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex gap-4 border-t py-2.5">
      <dt className="w-19 flex-none text-ink-faint">{name}</dt>
      <dd className="min-w-0 flex-1">{children}</dd>
    </div>
  );
}
