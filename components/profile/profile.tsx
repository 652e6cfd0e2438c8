"use client";
import { PlaceLink } from "@/components/shell/place-link";
import { usePaths } from "@/components/shell/place";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import type { Output } from "@/lib/contract/index";
import type { Person } from "@/lib/contract/person";
import { BlockButton } from "./block-button";
import { FormerHandles } from "./former-handles";
import { ProfileActs } from "./profile-acts";
import { ProfileFacts } from "./profile-facts";
import { ProfileHead, ProfileTiles } from "./profile-parts";
import { useCardOffers } from "./use-card-offers";

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
  const paths = usePaths();
  const sharesChannel = (facts?.roomCount ?? 0) > 0;
  const { offers, isMe, isBlocked } = useCardOffers(person, { sharesChannel, here: item });
  const { rooms = [], roomCount = 0, formerHandles = [] } = facts ?? {};

  return (
    <>
      <ProfileHead person={person} isBlocked={isBlocked} showsStatus={!isBlocked} />
      <ProfileTiles person={person} isMe={isMe} offers={offers} roomId={item?.roomId} onLeave={onLeave} />
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
