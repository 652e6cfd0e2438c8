"use client";
import dynamic from "next/dynamic";
import { decisionOn } from "@/components/rooms/room-offers";
import { WhatHappened } from "@/components/rooms/what-happened";
import { MissingNote } from "@/components/ui/missing-note";
import { retrying } from "@/components/ui/on-demand";
import { ListSkeleton } from "@/components/ui/skeleton";
import { SettingsSection } from "./page";
import { RoomAsking } from "./room-asking";
import { RoomDanger } from "./room-danger";
import { RoomForm } from "./room-form";
import type { RoomSectionProps } from "./room-section-props";
import { WithClient } from "./with-client";

const peopleSkeleton = <ListSkeleton rows={4} label="Loading people" />;
const invitesSkeleton = <ListSkeleton rows={1} label="Loading invites" />;
const RoomPeople = dynamic(
  retrying(() => import("./room-people"), MissingNote),
  { ssr: false, loading: () => peopleSkeleton },
);
const RoomInvites = dynamic(
  retrying(() => import("./room-invites"), MissingNote),
  { ssr: false, loading: () => invitesSkeleton },
);

/** All sections of a room's settings page. Sections that are parts of the chat wait for its client. */
export default function RoomSections(props: RoomSectionProps) {
  const { found, asker } = props;
  const { room, role } = found;
  const adding = decisionOn("addPeople", { asker, room, membership: role && { role } });
  return (
    <>
      <RoomForm {...props} />
      <SettingsSection title="People" description="Who is in the room, and their role in it.">
        {!adding.ok && <p className="text-sm text-ink-faint">{adding.reason}</p>}
        <WithClient fallback={peopleSkeleton}>
          <RoomPeople found={found} />
        </WithClient>
      </SettingsSection>
      <RoomAsking found={found} asker={asker} />
      <SettingsSection title="Invites" description="People you invited to this room. They decide whether to join.">
        <WithClient fallback={invitesSkeleton}>
          <RoomInvites roomId={room.id} />
        </WithClient>
      </SettingsSection>
      <RoomDanger {...props}>
        <SettingsSection title="What happened" description="The room's part of the audit log.">
          <div>
            <WhatHappened room={room} />
          </div>
        </SettingsSection>
      </RoomDanger>
    </>
  );
}
