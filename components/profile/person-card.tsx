"use client";
import { AtSign, Ellipsis, MessageCircle, NotebookPen, Pencil, UserRound } from "lucide-react";
import { useRef } from "react";
import { PersonAvatar } from "@/components/people/person-avatar";
import { useOpenDirect } from "@/components/people/use-open-direct";
import { PartLink } from "@/components/shell/place-link";
import { usePaths } from "@/components/shell/place";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { Tag } from "@/components/ui/tag";
import type { Person } from "@/lib/contract/person";
import { CardFacts } from "./card-facts";
import { MyStatus, StatusLine } from "./my-status";
import { PresenceChoices } from "./presence-choices";
import type { TimedChoice } from "./presence-words";
import { useCard } from "./use-card";
import { type CardAct, useCardActs } from "./use-card-acts";
import { useMention } from "./use-mention";
import { useStatus } from "./use-status";
import { useUnblock } from "./use-unblock";

export type CardProps = {
  person: Person;
  onClose: () => void;
  onSetStatus: () => void;
  /** Asks for the day and time until which a presence lasts. */
  onPickTime: (choice: TimedChoice) => void;
  /** Asks whether to block the person. */
  onBlock: (person: Person) => void;
};

/** A person's name, status and other facts, with the actions that the viewer may take. */
export function PersonCard({ person, onSetStatus, onPickTime, ...handlers }: CardProps) {
  const { facts, item, offers, isMe, isBlocked } = useCard(person);
  const status = useStatus(person);
  const subtitle = [person.title, person.pronouns].filter(Boolean).join(", ");

  return (
    <div className="flex flex-col gap-4 p-4">
      <div className="flex items-start gap-3">
        <PersonAvatar person={person} size={48} className={isBlocked ? "grayscale" : undefined} />
        <div className="min-w-0 flex-1">
          <p className="flex items-center gap-2">
            <span className="truncate text-md font-semibold tracking-name" title={person.name}>
              <bdi>{person.name}</bdi>
            </span>
            {person.role === "guest" && <Tag>Guest</Tag>}
          </p>
          {subtitle && (
            <p dir="auto" className="line-clamp-2 text-sm text-ink-soft">
              {subtitle}
            </p>
          )}
          <p className="truncate text-sm text-ink-faint">@{person.handle}</p>
        </div>
      </div>
      {isMe ? (
        <>
          <MyStatus me={person} onSetStatus={onSetStatus} />
          <PresenceChoices onPickTime={onPickTime} />
        </>
      ) : (
        status && !isBlocked && <StatusLine status={status} className="rounded-control bg-hover px-3 py-2" />
      )}
      <CardFacts
        person={person}
        lastSeenAt={facts?.person.lastSeenAt ?? person.lastSeenAt}
        groups={facts?.groups}
        rooms={facts?.rooms}
        roomCount={facts?.roomCount ?? 0}
      />
      {isMe ? (
        <OwnActions person={person} onClose={handlers.onClose} />
      ) : (
        <Actions person={person} offers={offers} roomId={item?.roomId} {...handlers} />
      )}
    </div>
  );
}

function OwnActions({ person, onClose }: Pick<CardProps, "person" | "onClose">) {
  const paths = usePaths();
  const openDirect = useOpenDirect();
  return (
    <div className="grid grid-cols-2 gap-2">
      <Button
        icon={<NotebookPen aria-hidden />}
        onClick={() => {
          openDirect(person.id);
          onClose();
        }}
      >
        Notes to self
      </Button>
      <Button asChild>
        <PartLink href={paths.setting("account")}>
          <Pencil aria-hidden />
          Edit profile
        </PartLink>
      </Button>
    </div>
  );
}

type ActionsProps = Pick<CardProps, "person" | "onClose" | "onBlock"> & {
  offers: ReturnType<typeof useCard>["offers"];
  /** The room on the screen. */
  roomId: string | undefined;
};

/** What one does most with somebody, as buttons, and the rest under "More". */
function Actions({ person, offers, roomId, onClose, onBlock }: ActionsProps) {
  const openDirect = useOpenDirect();
  const mention = useMention();
  const acts = useCardActs(person, offers, { onClose, onBlock });
  const row = useRef<HTMLDivElement>(null);
  const unblock = useUnblock(person.id, () =>
    // The pressed button is removed. The one in its place gets the keyboard focus.
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) row.current?.querySelector("button")?.focus();
    }),
  );
  // Of somebody with whom one can do nothing else, one can read.
  const readsOnly = !offers.has("message") && !offers.has("mention") && !offers.has("unblock");

  return (
    <div ref={row} className="flex gap-2">
      {offers.has("message") && (
        <Button
          variant="primary"
          className="min-w-0 flex-1"
          icon={<MessageCircle aria-hidden />}
          onClick={() => {
            openDirect(person.id);
            onClose();
          }}
        >
          Message
        </Button>
      )}
      {roomId !== undefined && offers.has("mention") && (
        <Button
          className="min-w-0 flex-1"
          icon={<AtSign aria-hidden />}
          onClick={() => {
            onClose();
            mention(roomId, person.handle);
          }}
        >
          Mention
        </Button>
      )}
      {offers.has("unblock") && (
        <Button className="min-w-0 flex-1" busy={unblock.isPending} onClick={() => void unblock.run()}>
          <span className="truncate">Unblock {person.name}</span>
        </Button>
      )}
      {readsOnly && (
        <Button
          className="min-w-0 flex-1"
          icon={<UserRound aria-hidden />}
          onClick={() => acts.find(({ key }) => key === "profile")?.run()}
        >
          View profile
        </Button>
      )}
      <Menu
        align="end"
        trigger={
          <Button aria-label="More" className="w-control flex-none px-0! max-md:w-touch">
            <Ellipsis aria-hidden />
          </Button>
        }
      >
        {acts
          .filter(({ key }) => !readsOnly || key !== "profile")
          .map((act) => (
            <ActItem key={act.key} act={act} />
          ))}
      </Menu>
    </div>
  );
}

function ActItem({ act: { label, icon: Icon, danger = false, href, run } }: { act: CardAct }) {
  if (href)
    return (
      <MenuItem asChild onSelect={run}>
        <PartLink href={href}>
          <Icon aria-hidden />
          <span className="min-w-0 truncate">{label}</span>
        </PartLink>
      </MenuItem>
    );
  return (
    <>
      {danger && <MenuSeparator />}
      <MenuItem icon={<Icon aria-hidden />} danger={danger} onSelect={run}>
        {label}
      </MenuItem>
    </>
  );
}
