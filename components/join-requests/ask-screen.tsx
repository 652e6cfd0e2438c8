"use client";
import { ChevronLeft, CloudAlert, LinkIcon } from "lucide-react";
import { Time } from "@/components/messages/time";
import { longDate } from "@/components/messages/times";
import { NamedRoomTile } from "@/components/rooms/room-icon";
import { ConnectionBanner } from "@/components/shell/connection-banner";
import { Bar, Pane } from "@/components/shell/frame";
import { openPlace, usePaths } from "@/components/shell/place";
import { Button, IconButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { ListSkeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import { useOwnClock } from "@/lib/client/hooks/use-me";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { useQuery } from "@/lib/client/hooks/use-query";
import { useText } from "@/lib/client/hooks/use-text";
import type { AskLanding } from "@/lib/contract/join-request";
import { limits } from "@/lib/contract/limits";

/** The page behind a link to ask to join a private room. Of the room, it shows only the name and the picture. */
export default function AskScreen({ token }: { token: string }) {
  const paths = usePaths();
  // Loaded again on each change that only the viewer receives: the request may have been approved.
  const landing = useQuery({ token, clock: useOwnClock() }, (call) => call("joinRequest.show", { token }));
  const isInvalid = landing.error?.code === "invalid_input";
  return (
    <Pane>
      <Bar>
        <IconButton label="Back to rooms" tooltip={false} className="md:hidden" onClick={() => openPlace(paths.home)}>
          <ChevronLeft aria-hidden className="size-[22px]!" />
        </IconButton>
        <h1 className="min-w-0 flex-1 truncate text-md tracking-name md:ml-1">Ask to join</h1>
      </Bar>
      <ConnectionBanner />
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto pt-bar">
        {landing.status === "loading" && <ListSkeleton rows={3} label="Loading the link" className="p-6" />}
        {landing.status === "error" && !isInvalid && (
          <Empty
            icon={<CloudAlert />}
            title="Couldn't load this link"
            actions={<Button onClick={landing.reload}>Try again</Button>}
          />
        )}
        {(isInvalid || landing.data?.state === "revoked") && (
          <Empty icon={<LinkIcon />} title="This link no longer works" actions={<OwnRequestsButton />}>
            If you asked before, your request is still with the room's admins. Otherwise ask them for a new link.
          </Empty>
        )}
        {landing.data?.state === "open" && <Open token={token} landing={landing.data} onAsked={landing.reload} />}
      </div>
    </Pane>
  );
}

type OpenProps = { token: string; landing: Extract<AskLanding, { state: "open" }>; onAsked: () => void };

function Open({ token, landing, onAsked }: OpenProps) {
  const { room, standing, until } = landing;
  const paths = usePaths();
  const title = <bdi>{room.name}</bdi>;
  const tile = <AskedRoomTile room={room} token={token} />;
  if (standing === "may_ask") return <AskForm token={token} room={room} onAsked={onAsked} />;
  if (standing === "joined")
    return (
      <Empty
        tile={tile}
        title={title}
        actions={
          <Button variant="primary" onClick={() => openPlace(paths.room(room.id))}>
            Open room
          </Button>
        }
      >
        You’re in this room.
      </Empty>
    );
  return (
    <Empty tile={tile} title={title} actions={standing === "asked" && <OwnRequestsButton />}>
      {standing === "asked" && "You’ve asked to join. The room opens here once a moderator or an admin approves."}
      {standing === "guest" && "Guests can’t ask to join rooms. Ask a member to add you."}
      {standing === "refused" && until && (
        <>
          Your request was refused. You can ask again on <Time at={until} format={longDate} />.
        </>
      )}
    </Empty>
  );
}

/** Opens the list of the viewer's requests. There they can withdraw a request even if the link no longer works. */
function OwnRequestsButton() {
  const paths = usePaths();
  return <Button onClick={() => openPlace(paths.invites)}>Your requests</Button>;
}

function AskedRoomTile({ room, token }: { room: OpenProps["landing"]["room"]; token: string }) {
  return (
    <NamedRoomTile
      room={{ ...room, access: "private" }}
      askToken={token}
      className="well size-14 rounded-thing"
      iconClassName="size-[22px]"
    />
  );
}

function AskForm({ token, room, onAsked }: Omit<OpenProps, "landing"> & { room: OpenProps["landing"]["room"] }) {
  const call = useCall();
  const [note, setNote] = useText(`ask.${room.id}`);
  const ask = useMutation(
    async () => {
      await call("joinRequest.send", { token, note });
      setNote("");
      onAsked();
    },
    (error) => toast.error(error.message),
  );
  return (
    <form
      className="m-auto grid w-full max-w-105 gap-4 p-6"
      onSubmit={(event) => {
        event.preventDefault();
        void ask.run();
      }}
    >
      <div className="grid justify-items-center gap-1 text-center">
        <div className="mb-3">
          <AskedRoomTile room={room} token={token} />
        </div>
        <h2 className="text-lg wrap-anywhere">
          <bdi>{room.name}</bdi>
        </h2>
        <p className="text-ui text-ink-soft">This room is private. Its moderators and admins decide who joins.</p>
      </div>
      <Field label="Note" hint="Optional. Say who you are or why you’d like to join.">
        <Textarea
          maxLength={limits.inviteNote}
          data-kept
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </Field>
      <Button type="submit" variant="primary" size="lg" busy={ask.isPending}>
        Ask to join
      </Button>
    </form>
  );
}
