"use client";
import { useEffect, useMemo } from "react";
import { useParser } from "@/components/markdown/parser";
import { ThreadContext } from "@/components/messages/log-context";
import { NoLogPlaces } from "@/components/messages/log-places";
import { MessageLog } from "@/components/messages/message-log";
import { useAsker } from "@/components/people/use-asker";
import { JoinBar } from "@/components/rooms/join-bar";
import { roomLabel } from "@/components/rooms/room-name";
import { useThreadPreview } from "@/components/rooms/use-preview";
import { replacePlace, usePaths } from "@/components/shell/place";
import { SidePanel } from "@/components/shell/side-panel";
import { touchDevice } from "@/components/shell/use-media";
import { placeOf } from "@/lib/client/draft-places";
import type { Room } from "@/lib/contract/room";
import { InsteadOfThread } from "./instead-of-thread";
import { ResolvedNote } from "./resolved-note";
import { ThreadBar } from "./thread-bar";
import { ThreadStart } from "./thread-start";

const nothing = () => {};

/** A thread of a room that the viewer is not in, beside the preview of the room. */
export default function ThreadPreview({ room, threadId }: { room: Room; threadId: string }) {
  const asker = useAsker();
  const paths = usePaths();
  const { status, error, first, summary, log, retry } = useThreadPreview(room.id, threadId, asker.personId);
  const isParserLoaded = useParser() !== null;
  const label = roomLabel(room);
  const permissionContext = useMemo(
    () => ({ asker, room, membership: null, thread: { isFollowed: false } }),
    [asker, room],
  );
  // Only members have a place up to which a thread is read.
  const inThread = useMemo(
    () => ({ place: placeOf({ roomId: room.id, threadId }), markUnread: async () => nothing }),
    [room.id, threadId],
  );
  const about = summary?.about ?? null;
  // There is no field that takes the focus. In narrow windows, the panel covers what had it.
  useEffect(() => {
    if (!matchMedia(touchDevice).matches) document.getElementById("panel")?.focus({ preventScroll: true });
  }, []);
  const close = () => replacePlace(paths.room(room.id));
  return (
    <SidePanel label="Thread" onEscape={close}>
      <ThreadContext value={inThread}>
        <NoLogPlaces>
          <ThreadBar
            item={{ room, membership: null }}
            threadId={threadId}
            thread={{ follow: null, first, about, summary }}
            onClose={close}
          />
          {status === "ready" && isParserLoaded ? (
            <MessageLog
              roomId={room.id}
              label="this thread"
              permissionContext={permissionContext}
              bubbles={null}
              otherPeopleCount={room.memberCount}
              log={log}
              start={<ThreadStart first={first} summary={summary} label={label} />}
              onReturnToComposer={nothing}
              onReply={nothing}
              focusComposer={nothing}
            />
          ) : (
            <InsteadOfThread
              log={{ status: status === "missing" ? "error" : status, error, retry }}
              isMissing={status === "missing"}
              onClose={close}
            />
          )}
          {about && <ResolvedNote about={about} />}
          <JoinBar room={room} />
        </NoLogPlaces>
      </ThreadContext>
    </SidePanel>
  );
}
