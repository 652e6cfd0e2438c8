"use client";
import { Eye } from "lucide-react";
import { PartLink } from "@/components/shell/place-link";
import { replacePlace, useProfilePath } from "@/components/shell/place";
import { SheetRow } from "@/components/ui/sheet-row";
import { MyStatus } from "./my-status";
import type { CardProps } from "./person-card";
import { PresenceChoices } from "./presence-choices";
import { ProfileFacts } from "./profile-facts";
import { ProfileHead, ProfileTiles } from "./profile-parts";
import { useCard } from "./use-card";
import { useCardActs } from "./use-card-acts";
import { useUnblock } from "./use-unblock";

/** A person's card as a sheet of a phone shows it. */
export function CardSheet({ person, onClose, onSetStatus, onPickTime, onBlock }: CardProps) {
  const { facts, item, offers, isMe, isBlocked } = useCard(person);
  const acts = useCardActs(person, offers, { onClose, onBlock });
  const unblock = useUnblock(person.id);
  const room = useProfilePath()(null);
  function showComposer() {
    onClose();
    // A panel covers the room.
    if (room !== location.pathname + location.search) replacePlace(room);
  }
  return (
    <>
      <ProfileHead person={person} isBlocked={isBlocked} showsStatus={!isMe && !isBlocked} />
      {isMe && (
        <div className="mt-4 flex flex-col gap-4">
          <MyStatus me={person} onSetStatus={onSetStatus} />
          <PresenceChoices onPickTime={onPickTime} />
        </div>
      )}
      <ProfileTiles
        person={person}
        isMe={isMe}
        offers={offers}
        roomId={item?.roomId}
        onLeave={showComposer}
        onMessage={onClose}
      />
      <ProfileFacts person={person} facts={facts} isMe={isMe} namesRooms />
      {!isMe && (
        <ul className="-mx-3 mt-2 border-t pt-2">
          {acts
            // Copying is among the tiles.
            .filter(({ key }) => key !== "copy")
            .map(({ key, label, icon: Icon, danger = false, href, run }) => (
              <li key={key}>
                {href ? (
                  <SheetRow asChild>
                    <PartLink href={href} onClick={run}>
                      <Icon aria-hidden />
                      <span className="min-w-0 truncate">{label}</span>
                    </PartLink>
                  </SheetRow>
                ) : (
                  <SheetRow icon={<Icon aria-hidden />} danger={danger} onClick={run}>
                    {label}
                  </SheetRow>
                )}
              </li>
            ))}
          {offers.has("unblock") && (
            <li>
              <SheetRow icon={<Eye aria-hidden />} onClick={() => void unblock.run()}>
                {`Unblock ${person.name}`}
              </SheetRow>
            </li>
          )}
        </ul>
      )}
    </>
  );
}
