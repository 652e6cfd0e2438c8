"use client";
import { AtSign, Copy, MessageCircle, NotebookPen, Pencil } from "lucide-react";
import type { ComponentProps } from "react";
import { flushSync } from "react-dom";
import { PersonAvatar } from "@/components/people/person-avatar";
import { useOpenDirect } from "@/components/people/use-open-direct";
import { PartLink } from "@/components/shell/place-link";
import { usePaths } from "@/components/shell/place";
import { Button } from "@/components/ui/button";
import { Tag } from "@/components/ui/tag";
import type { Person } from "@/lib/contract/person";
import type { CardOffers } from "./use-card-offers";
import { useCopyHandle } from "./use-copy-handle";
import { useMention } from "./use-mention";
import { useStatus, useUntilWords } from "./use-status";

type ProfileHeadProps = { person: Person; isBlocked: boolean; showsStatus: boolean };

/** A large picture, and who the person is. */
export function ProfileHead({ person, isBlocked, showsStatus }: ProfileHeadProps) {
  return (
    <div className="flex flex-col items-center text-center">
      <PersonAvatar person={person} size={96} className={isBlocked ? "grayscale" : undefined} />
      <h3 className="mt-3.5 max-w-full text-lg wrap-anywhere">
        <bdi>{person.name}</bdi>
      </h3>
      <p className="mt-1 max-w-full text-sm text-ink-soft wrap-anywhere">
        <bdi>{[person.title, person.pronouns].filter(Boolean).join(", ")}</bdi>
        <span className="block text-ink-faint">@{person.handle}</span>
      </p>
      {showsStatus && <StatusPill person={person} />}
      {person.role !== "member" && (
        <Tag className="mt-2" tone={person.role === "guest" ? "warning" : "neutral"}>
          {{ owner: "Owner", admin: "Admin", guest: "Guest" }[person.role]}
        </Tag>
      )}
    </div>
  );
}

type ProfileTilesProps = {
  person: Person;
  isMe: boolean;
  offers: CardOffers;
  /** The room on the screen, if the viewer is in it. */
  roomId: string | undefined;
  /** Called when something else is to be shown instead. */
  onLeave: () => void;
  /** Called when a conversation is about to open. */
  onMessage?: () => void;
};

/** What one does most with a person, or with oneself. */
export function ProfileTiles({ person, isMe, offers, roomId, onLeave, onMessage }: ProfileTilesProps) {
  const paths = usePaths();
  const openDirect = useOpenDirect();
  const mention = useMention();
  const copyHandle = useCopyHandle();
  return (
    <div className="mt-4.5 grid auto-cols-fr grid-flow-col gap-2 empty:hidden">
      {offers.has("message") && (
        <Tile
          icon={isMe ? <NotebookPen aria-hidden /> : <MessageCircle aria-hidden />}
          onClick={() => {
            openDirect(person.id);
            onMessage?.();
          }}
        >
          {isMe ? "Notes to self" : "Message"}
        </Tile>
      )}
      {roomId !== undefined && offers.has("mention") && (
        <Tile
          icon={<AtSign aria-hidden />}
          onClick={() => {
            // At once, because a sheet that is open keeps the focus.
            flushSync(onLeave);
            mention(roomId, person.handle);
          }}
        >
          Mention
        </Tile>
      )}
      {!isMe && (
        <Tile icon={<Copy aria-hidden />} onClick={() => copyHandle(person.handle)}>
          {`Copy @${person.handle}`}
        </Tile>
      )}
      {offers.has("editProfile") && (
        <Button asChild variant="soft" size="tile">
          <PartLink href={paths.setting("account")}>
            <Pencil aria-hidden />
            Edit profile
          </PartLink>
        </Button>
      )}
    </div>
  );
}

/** A tall button with its icon above its name. */
function Tile({ children, ...props }: ComponentProps<typeof Button>) {
  return (
    <Button variant="soft" size="tile" {...props}>
      <span className="max-w-full truncate">{children}</span>
    </Button>
  );
}

function StatusPill({ person }: { person: Person }) {
  const status = useStatus(person);
  const until = useUntilWords(status);
  if (!status) return null;
  return (
    <p className="mt-2.5 max-w-full rounded-bubble bg-hover px-3 py-1 text-sm wrap-anywhere">
      <bdi>{[status.emoji, status.text, until].filter(Boolean).join(" ")}</bdi>
    </p>
  );
}
