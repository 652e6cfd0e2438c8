"use client";
import { Compass, FolderPlus, ListFilter, Mail, MessagesSquare, Plus, Search, UsersRound } from "lucide-react";
import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import { useAsker } from "@/components/people/use-asker";
import { SidebarList } from "@/components/sidebar/sidebar-list";
import { Badge } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Shortcut } from "@/components/ui/kbd";
import { Menu, MenuItem } from "@/components/ui/menu";
import { retrying } from "@/components/ui/on-demand";
import { placeOf } from "@/lib/client/draft-places";
import { useDraftCount } from "@/lib/client/hooks/use-drafts";
import { useInvites } from "@/lib/client/hooks/use-invites";
import { useUnreadThreads } from "@/lib/client/hooks/use-threads";
import { offeredTo } from "./organization-offers";
import { ConnectionBanner } from "./connection-banner";
import { useOpenDialog } from "./open-dialog";
import { MeFooter } from "./me-footer";
import { OrganizationMenu } from "./organization-menu";
import { PageLink } from "./page-link";
import { openPlace, openThread, type Place, usePaths } from "./place";

// Loaded only for people with drafts.
const DraftsLink = dynamic(
  retrying(() => import("@/components/drafts/drafts-link")),
  { loading: () => null },
);

/** The sidebar with my rooms. On phones it is a screen of its own. */
export function Sidebar({ place }: { place: Place }) {
  const [isUnreadOnly, setUnreadOnly] = useState(false);
  const filter = useRef<HTMLButtonElement>(null);
  const paths = usePaths();
  const open = useOpenDialog();
  const asker = useAsker();
  const invites = useInvites();
  // Without the room and the thread on the screen: the list below would move whenever somebody begins to type.
  const thread = openThread(place);
  const draftCount = useDraftCount([place.roomId, thread && placeOf(thread)]);
  const unreadThreads = useUnreadThreads();
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
      <div className="mx-3 mb-2.5 flex flex-none items-center gap-1 max-md:mx-4">
        <button
          type="button"
          onClick={() => open({ kind: "switch" })}
          className="flex h-control min-w-0 flex-1 items-center gap-2 rounded-control bg-hover pr-1.5 pl-2.5 text-ui text-ink-faint hover:bg-press max-md:h-touch max-md:gap-2.5 max-md:rounded-card max-md:px-3.5 max-md:text-touch"
        >
          <Search aria-hidden className="size-3.5 max-md:size-[18px]" />
          <span className="flex-1 text-left">Jump to</span>
          <Shortcut keys="mod+k" />
        </button>
        <IconButton
          label="Unread only"
          ref={filter}
          aria-pressed={isUnreadOnly}
          className={isUnreadOnly ? "bg-accent-soft text-accent-ink" : undefined}
          onClick={() => setUnreadOnly(!isUnreadOnly)}
        >
          <ListFilter aria-hidden />
        </IconButton>
      </div>
      {/* Above the list, because the end of a long list is not visible. */}
      <div className="mx-3 mb-1.5 flex flex-none flex-col max-md:mx-4 max-md:mb-2.5">
        <PageLink
          href={paths.threads}
          icon={<MessagesSquare aria-hidden />}
          current={place.at === "threads"}
          unread={unreadThreads > 0}
        >
          <span className="flex-1">Threads</span>
          <Badge count={unreadThreads} label="unread" />
        </PageLink>
        <PageLink href={paths.browse} icon={<Compass aria-hidden />} current={place.at === "browse"}>
          Browse rooms
        </PageLink>
        <PageLink href={paths.people} icon={<UsersRound aria-hidden />} current={place.at === "people"}>
          People
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
        {(draftCount > 0 || place.at === "drafts") && <DraftsLink count={draftCount} current={place.at === "drafts"} />}
      </div>
      {place.at === "home" && <ConnectionBanner className="md:hidden" />}
      <SidebarList
        currentId={place.roomId}
        isUnreadOnly={isUnreadOnly}
        onShowAll={() => {
          setUnreadOnly(false);
          filter.current?.focus();
        }}
        adders={{
          rooms: (
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
              <MenuItem icon={<FolderPlus aria-hidden />} onSelect={() => open({ kind: "section" })}>
                New section
              </MenuItem>
            </Menu>
          ),
          directs: (
            <IconButton
              label="New message"
              shortcut="mod+shift+k"
              size="xs"
              faint
              onClick={() => openPlace(paths.newMessage)}
            >
              <Plus aria-hidden />
            </IconButton>
          ),
        }}
      />
      <MeFooter />
    </nav>
  );
}
