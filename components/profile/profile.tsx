"use client";
import { AtSign, Copy, MessageCircle, NotebookPen, Pencil } from "lucide-react";
import type { ComponentProps } from "react";
import { offered } from "@/components/offers";
import { PersonAvatar } from "@/components/people/person-avatar";
import { useAsker } from "@/components/people/use-asker";
import { useOpenDirect } from "@/components/people/use-open-direct";
import { PartLink, PlaceLink } from "@/components/shell/place-link";
import { usePaths } from "@/components/shell/place";
import { Button } from "@/components/ui/button";
import { Tag } from "@/components/ui/tag";
import { useBlocked } from "@/lib/client/hooks/use-blocked";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import type { Output } from "@/lib/contract/index";
import type { Person } from "@/lib/contract/person";
import { BlockButton } from "./block-button";
import { cardOffers } from "./card-offers";
import { FormerHandles } from "./former-handles";
import { ProfileActs } from "./profile-acts";
import { ProfileFacts } from "./profile-facts";
import { useCopyHandle } from "./use-copy-handle";
import { useMention } from "./use-mention";
import { useStatus, useUntilWords } from "./use-status";

type ProfileProps = {
  person: Person;
  /** What `person.show` says besides. Undefined while it is loading. */
  facts: Output<"person.show"> | undefined;
  /** The room on the screen, if the viewer is in it. */
  item: RoomListItem | null;
  /** Called when something else is to be shown instead. */
  onLeave: () => void;
  /** Called when `facts` may have changed. */
  onReload: () => void;
};

/** All that a person's profile says, with what the viewer can do. */
export function Profile({ person, facts, item, onLeave, onReload }: ProfileProps) {
  const asker = useAsker();
  const paths = usePaths();
  const openDirect = useOpenDirect();
  const mention = useMention();
  const copyHandle = useCopyHandle();
  const isMe = person.id === asker.personId;
  const sharesChannel = (facts?.roomCount ?? 0) > 0;
  const isBlocked = useBlocked().ids.has(person.id);
  const situation = { asker, person, sharesChannel, isBlocked, here: item };
  const offers = new Set(offered(cardOffers, situation).map(({ key }) => key));
  const { rooms = [], roomCount = 0, formerHandles = [] } = facts ?? {};

  return (
    <>
      <div className="flex flex-col items-center text-center">
        <PersonAvatar person={person} size={96} className={isBlocked ? "grayscale" : undefined} />
        <h3 className="mt-3.5 max-w-full text-lg wrap-anywhere">
          <bdi>{person.name}</bdi>
        </h3>
        <p className="mt-1 max-w-full text-sm text-ink-soft wrap-anywhere">
          <bdi>{[person.title, person.pronouns].filter(Boolean).join(", ")}</bdi>
          <span className="block text-ink-faint">@{person.handle}</span>
        </p>
        {!isBlocked && <StatusPill person={person} />}
        {person.role !== "member" && (
          <Tag className="mt-2" tone={person.role === "guest" ? "warning" : "neutral"}>
            {{ owner: "Owner", admin: "Admin", guest: "Guest" }[person.role]}
          </Tag>
        )}
      </div>
      <div className="mt-4.5 grid auto-cols-fr grid-flow-col gap-2 empty:hidden">
        {offers.has("message") && (
          <Tile
            icon={isMe ? <NotebookPen aria-hidden /> : <MessageCircle aria-hidden />}
            onClick={() => openDirect(person.id)}
          >
            {isMe ? "Notes to self" : "Message"}
          </Tile>
        )}
        {item && offers.has("mention") && (
          <Tile
            icon={<AtSign aria-hidden />}
            onClick={() => {
              onLeave();
              mention(item.roomId, person.handle);
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
      <ProfileFacts person={person} facts={facts} isMe={isMe} />
      {!isMe && !isBlocked && rooms.length > 0 && (
        <section className="mt-4 border-t pt-4">
          <div className="flex justify-between text-xs text-ink-faint">
            <h4 className="font-medium">Rooms in common</h4>
            <span className="tabular-nums">{roomCount.toLocaleString()}</span>
          </div>
          <ul className="mt-1">
            {rooms.map(({ id, name }) => (
              <li key={id}>
                <PlaceLink
                  href={paths.room(id)}
                  className="-mx-2 flex min-h-9 items-center gap-3 rounded-control px-2 text-ui -outline-offset-2 hover:bg-hover max-md:min-h-touch"
                >
                  <span aria-hidden className="text-ink-faint">
                    #
                  </span>
                  <span className="min-w-0 truncate">
                    <bdi>{name}</bdi>
                  </span>
                </PlaceLink>
              </li>
            ))}
          </ul>
          {roomCount > rooms.length && (
            <p className="text-sm text-ink-faint">and {(roomCount - rooms.length).toLocaleString()} more</p>
          )}
        </section>
      )}
      {(offers.has("block") || offers.has("unblock")) && (
        <div className="mt-4 border-t pt-4">
          <BlockButton person={person} isBlocked={isBlocked} />
        </div>
      )}
      {offers.has("manage") && <ProfileActs person={person} />}
      {offers.has("releaseHandle") && formerHandles.length > 0 && (
        <FormerHandles personId={person.id} isMe={isMe} handles={formerHandles} onReleased={onReload} />
      )}
    </>
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
