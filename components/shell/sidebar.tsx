"use client";
import { Compass, Mail, Plus, Search } from "lucide-react";
import { type ReactNode, useMemo, useRef } from "react";
import { useAsker } from "@/components/people/use-asker";
import { NewestInvite } from "@/components/room-invites/newest-invite";
import { RoomLinks } from "@/components/rooms/room-links";
import { Badge } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Shortcut } from "@/components/ui/kbd";
import { Menu, MenuItem } from "@/components/ui/menu";
import { useInvites } from "@/lib/client/hooks/use-invites";
import { useRoomList } from "@/lib/client/hooks/use-room-list";
import { sectionsOf } from "@/lib/client/room-list";
import { offeredTo } from "./organization-offers";
import { ConnectionBanner } from "./connection-banner";
import { useOpenDialog } from "./open-dialog";
import { MeFooter } from "./me-footer";
import { OrganizationMenu } from "./organization-menu";
import { openPlace, type Place, usePaths } from "./place";
import { PlaceLink } from "./place-link";
import { useScrollToCurrent } from "./use-scroll-to-current";

/** The sidebar with my rooms. On phones it is a screen of its own. */
export function Sidebar({ place }: { place: Place }) {
  const rooms = useRoomList();
  const { channels, directs } = useMemo(() => sectionsOf(rooms), [rooms]);
  const paths = usePaths();
  const open = useOpenDialog();
  const asker = useAsker();
  const invites = useInvites();
  const list = useRef<HTMLDivElement>(null);
  useScrollToCurrent(list, rooms.some(({ roomId }) => roomId === place.roomId) ? place.roomId : null);
  return (
    <nav
      id="rooms"
      tabIndex={-1}
      aria-label="Rooms"
      className={cn("glass flex min-h-0 min-w-0 flex-col outline-none", place.at !== "home" && "max-md:hidden")}
    >
      <div className="flex items-center gap-0.5 px-3 pt-3.5 pb-2">
        <OrganizationMenu />
      </div>
      <button
        type="button"
        onClick={() => open({ kind: "switch" })}
        className="mx-3 mb-2.5 flex h-control flex-none items-center gap-2 rounded-control bg-hover pr-1.5 pl-2.5 text-ui text-ink-faint hover:bg-press max-md:mx-4 max-md:h-touch max-md:gap-2.5 max-md:rounded-card max-md:px-3.5 max-md:text-touch"
      >
        <Search aria-hidden className="size-3.5 max-md:size-[18px]" />
        <span className="flex-1 text-left">Jump to</span>
        <Shortcut keys="mod+k" />
      </button>
      {/* Above the list, because the end of a long list is not visible. */}
      <div className="mx-3 mb-1.5 flex flex-none flex-col max-md:mx-4 max-md:mb-2.5">
        <PageLink href={paths.browse} icon={<Compass aria-hidden />} current={place.at === "browse"}>
          Browse rooms
        </PageLink>
        <PageLink
          href={paths.invites}
          icon={<Mail aria-hidden />}
          current={place.at === "invites"}
          unread={invites.length > 0}
        >
          <span className="flex-1">Invites</span>
          <Badge amber count={invites.length} label="waiting for you" />
        </PageLink>
      </div>
      {place.at === "home" && <ConnectionBanner className="md:hidden" />}
      <div
        ref={list}
        className="min-h-0 flex-1 scroll-py-10 overflow-x-hidden overflow-y-auto overscroll-contain px-3 pb-3 max-md:rounded-t-bubble max-md:border-t max-md:bg-surface max-md:px-2 max-md:pt-1.5"
      >
        <NewestInvite invites={invites} />
        <SectionHead title="Rooms">
          <Menu
            align="end"
            trigger={
              <IconButton label="Add rooms" size="xs" faint>
                <Plus aria-hidden />
              </IconButton>
            }
          >
            {offeredTo(asker).has("createRoom") && (
              <MenuItem icon={<Plus aria-hidden />} onSelect={() => open({ kind: "create" })}>
                New room
              </MenuItem>
            )}
            <MenuItem icon={<Compass aria-hidden />} onSelect={() => openPlace(paths.browse)}>
              Browse rooms
            </MenuItem>
          </Menu>
        </SectionHead>
        <RoomLinks label="Rooms" rooms={channels} currentId={place.roomId} />
        <SectionHead title="Direct messages" className="mt-4">
          <IconButton
            label="New message"
            shortcut="mod+shift+k"
            size="xs"
            faint
            onClick={() => open({ kind: "newMessage" })}
          >
            <Plus aria-hidden />
          </IconButton>
        </SectionHead>
        <RoomLinks label="Direct messages" rooms={directs} currentId={place.roomId} />
      </div>
      <MeFooter />
    </nav>
  );
}

/** The title of a section of the list, with a button that adds to the section. */
function SectionHead({ title, className, children }: { title: string; className?: string; children: ReactNode }) {
  return (
    <div
      className={cn(
        "mt-1.5 flex h-7 items-center pe-1 ps-2 text-xs font-medium text-ink-faint max-md:h-touch max-md:ps-3",
        className,
      )}
    >
      <h2 className="flex-1 text-xs font-medium tracking-normal">{title}</h2>
      {children}
    </div>
  );
}

type PageLinkProps = { href: string; icon: ReactNode; current: boolean; unread?: boolean; children: ReactNode };

/** A link to a page of the chat that is not a room. */
function PageLink({ href, icon, current, unread = false, children }: PageLinkProps) {
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
