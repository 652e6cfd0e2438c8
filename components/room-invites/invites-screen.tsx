"use client";
import { NamedRoomTile } from "@/components/rooms/room-icon";
import { ChevronLeft, ChevronRight, Mail, PanelRight } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { OwnRequests } from "@/components/join-requests/own-requests";
import { Time } from "@/components/messages/time";
import { ConnectionBanner } from "@/components/shell/connection-banner";
import { Bar, Pane } from "@/components/shell/frame";
import { openPlace, replacePlace, usePaths } from "@/components/shell/place";
import { PlaceLink } from "@/components/shell/place-link";
import { Button, IconButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { useInvites } from "@/lib/client/hooks/use-invites";
import type { RoomInvite } from "@/lib/contract/room-invite";
import { AskedInvite } from "./asked-invite";
import { InviteDetails } from "./invite-details";
import { inviteTime } from "./invite-times";
import { SentPanel } from "./sent-panel";

/**
 * The viewer's pending room invites: one in full, the others as a list. Below them are the rooms that the viewer asked to join.
 * A side panel lists the invites that the viewer sent.
 */
export default function InvitesScreen() {
  const invites = useInvites();
  const paths = usePaths();
  const search = useSearchParams();
  const isSentShown = search.get("panel") === "sent";
  const askedId = search.get("invite");
  const asked = invites.find(({ id }) => id === askedId);
  const shown = askedId ? asked : invites[0];
  const others = invites.filter((invite) => invite !== shown);
  return (
    <>
      <Pane>
        <Bar>
          <IconButton label="Back to rooms" tooltip={false} className="md:hidden" onClick={() => openPlace(paths.home)}>
            <ChevronLeft aria-hidden className="size-[22px]!" />
          </IconButton>
          <Mail aria-hidden className="size-[18px] max-md:hidden" />
          <h1 className="text-md tracking-name md:ml-1">Invites</h1>
          <span className="min-w-0 flex-1 truncate pl-2 text-sm text-ink-soft">
            {invites.length > 0 && `${invites.length} waiting for you`}
          </span>
          <Button
            variant="ghost"
            icon={<PanelRight aria-hidden />}
            aria-pressed={isSentShown}
            onClick={() => replacePlace(isSentShown ? paths.invites : paths.sentInvites)}
          >
            Sent
          </Button>
        </Bar>
        <ConnectionBanner />
        <div className="flex min-h-0 flex-1 flex-col overflow-y-auto px-10 pt-[calc(var(--spacing-bar)+40px)] pb-10 max-md:px-4 max-md:pt-[calc(var(--spacing-bar)+24px)]">
          {shown || askedId ? (
            <div className="mx-auto w-full max-w-142">
              {shown ? (
                <InviteDetails key={shown.id} invite={shown} />
              ) : (
                <AskedInvite key={askedId} id={askedId ?? ""} />
              )}
              {others.length > 0 && <OtherInvites invites={others} />}
            </div>
          ) : (
            <Empty
              icon={<Mail />}
              title="No invites waiting"
              actions={<Button onClick={() => openPlace(paths.browse)}>Browse rooms</Button>}
            >
              When someone invites you to a room, you can accept or decline it here.
            </Empty>
          )}
          <div className="mx-auto w-full max-w-142">
            <OwnRequests />
          </div>
        </div>
      </Pane>
      {isSentShown && <SentPanel onClose={() => replacePlace(paths.invites)} />}
    </>
  );
}

function OtherInvites({ invites }: { invites: readonly RoomInvite[] }) {
  const paths = usePaths();
  return (
    <section className="mt-8">
      <h3 className="mb-1 text-sm font-strong">Also waiting</h3>
      <ul>
        {invites.map(({ id, room, inviter, createdAt }) => (
          <li key={id}>
            <PlaceLink
              href={paths.invite(id)}
              className="-mx-2 flex min-h-13 items-center gap-3 rounded-control px-2 py-1.5 hover:bg-hover"
            >
              <NamedRoomTile room={room} className="size-9 rounded-thing bg-hover" iconClassName="size-4" />
              <span className="min-w-0 flex-1 leading-snug">
                <b className="block truncate text-ui font-strong">
                  <bdi>{room.name}</bdi>
                </b>
                <span className="block truncate text-sm text-ink-soft">
                  <bdi>{inviter.name}</bdi> invited you, <Time at={createdAt} format={inviteTime} />
                </span>
              </span>
              <ChevronRight aria-hidden className="size-4 text-ink-soft" />
            </PlaceLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
