"use client";
import { ChevronDown, ChevronRight, Ellipsis } from "lucide-react";
import { type ReactNode, useId } from "react";
import { RoomLink } from "@/components/rooms/room-link";
import { Badge } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Menu } from "@/components/ui/menu";
import { type ListedSection, mentionsIn, unreadIn } from "@/lib/client/sidebar";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { isBuiltInSection } from "@/lib/policy/section";
import { sectionName } from "./section-words";
import { useSectionChanges } from "./use-sections";

type RowsProps = { label: string; rooms: readonly RoomListItem[]; currentId: string | null; tabStopId: string | null };

function Rows({ label, rooms, currentId, tabStopId, id }: RowsProps & { id?: string }) {
  return (
    <ul id={id} aria-label={label}>
      {rooms.map((item) => (
        <RoomLink
          key={item.roomId}
          item={item}
          current={item.roomId === currentId}
          isTabStop={item.roomId === tabStopId}
        />
      ))}
    </ul>
  );
}

/** The unread rooms of all sections that are not collapsed. */
export function UnreadSection(props: Omit<RowsProps, "label">) {
  return (
    <section className="mb-4">
      <h2 className="flex h-7 items-center ps-2 text-xs font-medium tracking-normal text-ink-faint max-md:h-touch max-md:ps-3">
        Unread
      </h2>
      <Rows label="Unread" {...props} />
    </section>
  );
}

type SectionViewProps = Omit<RowsProps, "label" | "rooms"> & {
  listed: ListedSection;
  /** Whether the arrow keys reached its title last. */
  isFocused: boolean;
  /** Whether the Tab key reaches its title, because there are no rooms. */
  isTabStop: boolean;
  isMenuOpen: boolean;
  onMenuChange: (isOpen: boolean) => void;
  /** The items of its menu. */
  menu: ReactNode;
  /** What adds to the section. */
  children?: ReactNode;
};

/** A section of the sidebar: its title, which collapses it, and its rooms. */
export function SectionView(props: SectionViewProps) {
  const { listed, isFocused, isTabStop, isMenuOpen, onMenuChange, menu, children, ...rows } = props;
  const { section, rooms, all } = listed;
  const { update } = useSectionChanges();
  const { isCollapsed } = section;
  const listId = useId();
  const name = sectionName(section);
  const unreadCount = isCollapsed ? unreadIn(rooms) : 0;
  const mentionCount = mentionsIn(rooms);
  const shown = isCollapsed ? rooms.filter(({ roomId }) => roomId === rows.currentId) : rooms;

  return (
    <section
      data-section={section.id}
      data-collapsed-rooms={isCollapsed ? rooms.map(({ roomId }) => roomId).join(" ") : undefined}
      className={cn(
        "group/section relative mb-4 rounded-control data-[drop=into]:bg-accent-soft",
        "before:absolute before:inset-x-0 before:hidden before:h-0.5 before:rounded-full before:bg-accent",
        "data-[drop=before]:before:-top-2 data-[drop=before]:before:block data-[drop=after]:before:-bottom-2 data-[drop=after]:before:block",
      )}
    >
      <div className="flex h-7 items-center gap-0.5 pe-1 max-md:h-touch">
        <h2 className="flex min-w-0 flex-1 text-xs font-medium tracking-normal">
          <button
            type="button"
            data-stop={`section ${section.id}`}
            tabIndex={isFocused || isTabStop ? 0 : -1}
            aria-expanded={!isCollapsed}
            aria-controls={listId}
            aria-describedby={unreadCount > 0 ? `${listId}-unread` : undefined}
            onClick={() => void update(section.id, { isCollapsed: !isCollapsed })}
            className="flex h-6 min-w-0 select-none items-center gap-1 rounded-control pe-2 ps-2 text-ink-faint -outline-offset-2 hover:text-ink max-md:h-touch max-md:ps-3"
          >
            {section.emoji && <span aria-hidden>{section.emoji}</span>}
            <bdi className="truncate">{name}</bdi>
            {isCollapsed ? (
              <ChevronRight aria-hidden className="size-3.5 flex-none rtl:-scale-x-100" />
            ) : (
              <ChevronDown
                aria-hidden
                className="size-3.5 flex-none opacity-0 group-hover/section:opacity-100 group-focus-within/section:opacity-100"
              />
            )}
          </button>
        </h2>
        {unreadCount > 0 && (
          <span id={`${listId}-unread`} className="contents">
            <Badge
              mention={mentionCount > 0}
              count={mentionCount || unreadCount}
              label={mentionCount === 0 ? "unread" : mentionCount === 1 ? "mention of you" : "mentions of you"}
            />
          </span>
        )}
        <Menu
          align="end"
          open={isMenuOpen}
          onOpenChange={onMenuChange}
          trigger={
            <IconButton
              label={`Options for ${name}`}
              tooltip={false}
              size="xs"
              faint
              tabIndex={isFocused ? 0 : -1}
              data-section-menu={section.id}
              className={cn(
                "md:opacity-0 group-hover/section:opacity-100 focus-visible:opacity-100 data-[state=open]:opacity-100",
                isFocused && "md:opacity-100",
              )}
            >
              <Ellipsis aria-hidden />
            </IconButton>
          }
        >
          {menu}
        </Menu>
        {children}
      </div>
      <Rows id={listId} label={name} {...rows} rooms={shown} />
      {all.length === 0 && !isCollapsed && !isBuiltInSection(section) && (
        <p className="px-2 py-1 text-xs text-ink-faint max-md:px-3">Move rooms here from their menu, or drag them.</p>
      )}
    </section>
  );
}
