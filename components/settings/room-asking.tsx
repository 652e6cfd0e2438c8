"use client";
import dynamic from "next/dynamic";
import { decisionOn } from "@/components/rooms/room-offers";
import { MissingNote } from "@/components/ui/missing-note";
import { retrying } from "@/components/ui/on-demand";
import { ListSkeleton } from "@/components/ui/skeleton";
import type { RoomSectionProps } from "./room-section-props";
import { SettingsSection } from "./page";
import { WithClient } from "./with-client";

const skeleton = <ListSkeleton rows={1} label="Loading requests" />;
const RoomRequests = dynamic(
  retrying(() => import("./room-requests"), MissingNote),
  { ssr: false, loading: () => skeleton },
);

/** The requests to join a private room, and its ask link. People who may not decide on requests see the reason instead. */
export function RoomAsking({ found: { room, role }, asker }: Pick<RoomSectionProps, "found" | "asker">) {
  const situation = { asker, room, membership: role && { role } };
  const deciding = decisionOn("seeRequests", situation);
  if (room.access !== "private") return null;
  return (
    <SettingsSection
      title="Asking to join"
      description="People who have the link can ask. Moderators and admins decide."
    >
      {deciding.ok ? (
        <WithClient fallback={skeleton}>
          <RoomRequests room={room} membership={situation.membership} />
        </WithClient>
      ) : (
        <p className="text-sm text-ink-faint">{deciding.reason}</p>
      )}
    </SettingsSection>
  );
}
