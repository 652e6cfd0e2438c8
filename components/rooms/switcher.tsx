"use client";
import { Compass, CornerDownLeft, Keyboard, Plus, Search } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { type DialogState, useOpenDialog } from "@/components/shell/open-dialog";
import { browsePath, go, roomPath, usePlace } from "@/components/shell/place";
import { useAsker } from "@/components/people/use-asker";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { DialogFrame } from "@/components/ui/dialog";
import { Kbd, Shortcut } from "@/components/ui/kbd";
import { isKey } from "@/components/ui/keys";
import { useRoomList } from "@/lib/client/hooks/use-room-list";
import { mayCreateRoom } from "@/lib/policy/room";
import { RoomIcon } from "./room-icon";
import { peopleCount, roomName } from "./room-name";
import { findRooms, type RoomOption } from "./switcher-options";

type Action = { id: string; name: string; icon: ReactNode; shortcut?: string; run: () => void };

/** Ctrl+K: to any room of mine in a few letters. */
export default function Switcher({ open, onOpenChange }: DialogState) {
  return (
    <DialogFrame
      open={open}
      onOpenChange={onOpenChange}
      className="overflow-hidden rounded-bubble max-md:h-[85dvh] max-md:rounded-b-none md:mt-32! md:mb-auto! md:w-[640px]"
    >
      <Radix.Title className="sr-only">Jump to</Radix.Title>
      <Palette onDone={() => onOpenChange(false)} />
    </DialogFrame>
  );
}

function Palette({ onDone }: { onDone: () => void }) {
  const rooms = useRoomList();
  const place = usePlace();
  const asker = useAsker();
  const show = useOpenDialog();
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const base = useId();

  const found = findRooms(rooms, query, place.roomId);
  const every: Action[] = [
    { id: "browse", name: "Browse rooms", icon: <Compass aria-hidden />, run: () => go(browsePath) },
    ...(mayCreateRoom(asker).ok
      ? [{ id: "create", name: "New room", icon: <Plus aria-hidden />, run: () => show({ kind: "create" }) }]
      : []),
    {
      id: "help",
      name: "Keyboard shortcuts",
      icon: <Keyboard aria-hidden />,
      shortcut: "mod+/",
      run: () => show({ kind: "help" }),
    },
  ];
  const actions = every.filter((action) => action.name.toLowerCase().includes(query.trim().toLowerCase()));
  const count = found.length + actions.length;
  const chosen = Math.min(at, count - 1);

  useEffect(() => {
    list.current?.querySelector(`[id="${base}-${chosen}"]`)?.scrollIntoView({ block: "nearest" });
  }, [base, chosen]);

  function choose(index: number) {
    const option = found[index];
    onDone();
    if (option) go(roomPath(option.item.roomId));
    else actions[index - found.length]?.run();
  }

  function press(event: KeyboardEvent) {
    if (count === 0) return;
    if (isKey(event, "down")) setAt((chosen + 1) % count);
    else if (isKey(event, "up")) setAt((chosen - 1 + count) % count);
    else if (isKey(event, "enter")) choose(chosen);
    else return;
    event.preventDefault();
  }

  const optionProps = (index: number) => ({
    id: `${base}-${index}`,
    on: index === chosen,
    onChoose: () => choose(index),
    onPoint: () => setAt(index),
  });
  return (
    <>
      <div className="flex h-[58px] flex-none items-center gap-3 border-b pr-3.5 pl-5">
        <Search aria-hidden className="size-5 text-ink-faint" />
        <input
          role="combobox"
          aria-label="Jump to a room"
          aria-expanded
          aria-controls={`${base}-list`}
          aria-activedescendant={count > 0 ? `${base}-${chosen}` : undefined}
          placeholder="Jump to"
          className="h-full min-w-0 flex-1 bg-transparent text-lg outline-none"
          autoComplete="off"
          spellCheck={false}
          autoFocus
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={press}
        />
        <Kbd className="max-md:hidden">Esc</Kbd>
      </div>
      <div
        ref={list}
        id={`${base}-list`}
        role="listbox"
        aria-label="Rooms and actions"
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-2"
      >
        {found.length > 0 && (
          <div role="group" aria-label="Rooms">
            <GroupName>Rooms</GroupName>
            {found.map((option, index) => (
              <RoomChoice key={option.item.roomId} option={option} {...optionProps(index)} />
            ))}
          </div>
        )}
        {actions.length > 0 && (
          <div role="group" aria-label="Actions">
            <GroupName>Actions</GroupName>
            {actions.map((action, index) => (
              <Option
                key={action.id}
                {...optionProps(found.length + index)}
                icon={action.icon}
                end={action.shortcut && <Shortcut keys={action.shortcut} />}
              >
                {action.name}
              </Option>
            ))}
          </div>
        )}
        {count === 0 && (
          <p className="px-3 py-10 text-center text-ui text-ink-soft">No room of yours is called “{query.trim()}”.</p>
        )}
      </div>
      <div className="flex h-[42px] flex-none items-center gap-[18px] border-t bg-surface-sunken px-5 text-xs text-ink-faint max-md:hidden">
        <span className="flex items-center gap-1.5">
          <Kbd>↑</Kbd>
          <Kbd>↓</Kbd> move
        </span>
        <span className="flex items-center gap-1.5">
          <Kbd>↵</Kbd> open
        </span>
      </div>
    </>
  );
}

function GroupName({ children }: { children: string }) {
  return (
    <p aria-hidden className="px-3 pt-2 pb-1 text-xs font-medium text-ink-faint">
      {children}
    </p>
  );
}

type OptionProps = {
  id: string;
  on: boolean;
  onChoose: () => void;
  onPoint: () => void;
  icon: ReactNode;
  end?: ReactNode;
  children: ReactNode;
};

function Option({ id, on, onChoose, onPoint, icon, end, children }: OptionProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the combobox has the focus and hears the keys
    <div
      id={id}
      tabIndex={-1}
      role="option"
      aria-selected={on}
      onClick={onChoose}
      onPointerMove={onPoint}
      className={cn(
        "flex min-h-[42px] cursor-pointer items-center gap-3 rounded-control px-3 text-ui max-md:min-h-12 [&>svg]:mx-[3px] [&>svg]:size-[18px]",
        on ? "selected text-ink [&>svg]:text-accent-ink" : "[&>svg]:text-ink-faint",
      )}
    >
      {icon}
      <span className="flex min-w-0 flex-1 items-baseline gap-3">{children}</span>
      <span className={cn("flex flex-none items-center gap-2 text-xs", on ? "text-ink-soft" : "text-ink-faint")}>
        {end}
      </span>
    </div>
  );
}

function RoomChoice({ option, ...props }: Omit<OptionProps, "icon" | "children"> & { option: RoomOption }) {
  const { room, unread } = option.item;
  const name = roomName(room);
  const { at, length } = option.found ?? { at: 0, length: 0 };
  const end = (
    <>
      {unread > 0 ? <Badge count={unread} label="unread" /> : peopleCount(room.memberCount)}
      {props.on && (
        <Kbd className="max-md:hidden">
          <CornerDownLeft aria-hidden className="size-3" />
        </Kbd>
      )}
    </>
  );
  return (
    <Option {...props} icon={<RoomIcon room={room} />} end={end}>
      <span className={cn("max-w-[70%] flex-none truncate", unread > 0 && "font-strong")}>
        {name.slice(0, at)}
        <b className="font-semibold">{name.slice(at, at + length)}</b>
        {name.slice(at + length)}
      </span>
      {room.topic && (
        <span className={cn("truncate text-sm", props.on ? "text-ink-soft" : "text-ink-faint")}>{room.topic}</span>
      )}
    </Option>
  );
}
