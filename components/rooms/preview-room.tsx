"use client";
import { ChevronLeft, Lock } from "lucide-react";
import dynamic from "next/dynamic";
import { useMemo } from "react";
import { useParser } from "@/components/markdown/parser";
import { bubblesOf } from "@/components/messages/bubbles";
import { MessageLog } from "@/components/messages/message-log";
import { InsteadOfLog, UnreadyLog } from "@/components/messages/unready-log";
import { useAsker } from "@/components/people/use-asker";
import { ConnectionBanner } from "@/components/shell/connection-banner";
import { Bar, Pane } from "@/components/shell/frame";
import { MissingPanel } from "@/components/shell/missing";
import { openPlace, usePaths } from "@/components/shell/place";
import { Button, IconButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { retrying } from "@/components/ui/on-demand";
import { usePreferences } from "@/lib/client/hooks/use-preferences";
import { PreviewedThreads } from "@/lib/client/hooks/use-threads";
import type { Room } from "@/lib/contract/room";
import { ArchivedTag } from "./archived-tag";
import { JoinBar } from "./join-bar";
import { UnsentTexts } from "./unsent-texts";
import { RoomIcon } from "./room-icon";
import { peopleCount, roomLabel, roomName } from "./room-name";
import { RoomStart } from "./room-start";
import { usePreview } from "./use-preview";

const ThreadPreview = dynamic(
  retrying(() => import("@/components/threads/thread-preview"), MissingPanel),
  { ssr: false },
);

/** A room that I am not in: a preview if I may read it, otherwise an explanation. */
export default function PreviewRoom({ roomId, threadId }: { roomId: string; threadId: string | null }) {
  const asker = useAsker();
  const paths = usePaths();
  const { messageLayout } = usePreferences();
  const preview = usePreview(roomId, asker.personId);
  const { room, log, threads } = preview;
  const isParserLoaded = useParser() !== null;
  const status = preview.status === "ready" && !isParserLoaded ? "loading" : preview.status;
  const permissionContext = useMemo(() => room && { asker, room, membership: null }, [asker, room]);
  return (
    <>
      <Pane>
        <PreviewHeader room={room} />
        <ConnectionBanner />
        {status === "ready" && room && permissionContext ? (
          <>
            <PreviewedThreads value={threads}>
              <MessageLog
                roomId={roomId}
                label={roomLabel(room)}
                permissionContext={permissionContext}
                bubbles={bubblesOf(messageLayout, room)}
                otherPeopleCount={room.memberCount}
                log={log}
                start={<RoomStart room={room} membership={null} isEmpty={false} />}
                onReturnToComposer={() => {}}
                onReply={() => {}}
                focusComposer={() => {}}
              />
            </PreviewedThreads>
            <UnsentTexts roomId={roomId} />
            <JoinBar room={room} />
          </>
        ) : status === "missing" ? (
          <InsteadOfLog>
            <Empty
              icon={<Lock />}
              title="You're not in this room"
              actions={<Button onClick={() => openPlace(paths.browse)}>Browse rooms</Button>}
            >
              It may be private, or it may no longer exist. If you know someone in it, ask them to add you.
            </Empty>
            <UnsentTexts roomId={roomId} />
          </InsteadOfLog>
        ) : (
          <UnreadyLog log={{ status, error: preview.error, retry: preview.retry }} title="Couldn't load messages" />
        )}
      </Pane>
      {threadId && room && status !== "missing" && <ThreadPreview key={threadId} room={room} threadId={threadId} />}
    </>
  );
}

function PreviewHeader({ room }: { room: Room | null }) {
  const paths = usePaths();
  return (
    <Bar>
      <IconButton label="Back to rooms" tooltip={false} className="md:hidden" onClick={() => openPlace(paths.home)}>
        <ChevronLeft aria-hidden className="size-[22px]!" />
      </IconButton>
      {room && <RoomIcon room={room} className="size-[18px]" />}
      <h1 className="min-w-0 flex-1 truncate text-md tracking-name md:ml-1">
        {room ? <bdi>{roomName(room)}</bdi> : <span className="sr-only">Room</span>}
      </h1>
      <ArchivedTag room={room} />
      {room && <span className="flex-none pr-2 text-sm text-ink-soft">{peopleCount(room.memberCount)}</span>}
    </Bar>
  );
}
