"use client";
import { useEffect, useMemo, useRef, useState } from "react";
import { AboveComposer } from "@/components/composer/above-composer";
import { replyPlace } from "@/components/composer/composer";
import { Refusal } from "@/components/composer/refusal";
import { returnText } from "@/components/composer/return-text";
import { TypingLine } from "@/components/composer/typing-line";
import { useParser } from "@/components/markdown/parser";
import { ThreadContext } from "@/components/messages/log-context";
import { NoLogPlaces } from "@/components/messages/log-places";
import { type LogHandle, MessageLog } from "@/components/messages/message-log";
import { useAsker } from "@/components/people/use-asker";
import { useRoomLabel } from "@/components/rooms/use-room-title";
import { replacePlace, usePaths } from "@/components/shell/place";
import { touchDevice } from "@/components/shell/use-media";
import { SidePanel } from "@/components/shell/side-panel";
import { placeOf } from "@/lib/client/draft-places";
import { useParley } from "@/lib/client/hooks/use-parley";
import { useRoom } from "@/lib/client/hooks/use-room";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { useThread, useThreadLog, useThreadReading } from "@/lib/client/hooks/use-thread-log";
import { unknownThread } from "@/lib/client/room-state";
import { mayPost } from "@/lib/policy/room";
import { GoneThread, InsteadOfThread } from "./instead-of-thread";
import { ResolvedNote } from "./resolved-note";
import { ThreadBar } from "./thread-bar";
import { ThreadComposer } from "./thread-composer";
import { ThreadStart } from "./thread-start";

type ThreadPanelProps = {
  roomId: string;
  threadId: string;
  /** What closes it. Default: the room without a thread. */
  onClose?: () => void;
};

/** A thread, beside its room or beside the list of threads. On phones it is a screen of its own. */
export default function ThreadPanel({ roomId, threadId, onClose }: ThreadPanelProps) {
  const paths = usePaths();
  const item = useRoom(roomId);
  const close = onClose ?? (() => replacePlace(paths.room(roomId)));
  return (
    <SidePanel label="Thread" onEscape={close}>
      {item ? (
        <Thread item={item} threadId={threadId} onClose={close} />
      ) : (
        <GoneThread onClose={close}>It may be in a room that you're not in, or no longer exist.</GoneThread>
      )}
    </SidePanel>
  );
}

function Thread({ item, threadId, onClose }: { item: RoomListItem; threadId: string; onClose: () => void }) {
  const { roomId, room, membership } = item;
  const { texts } = useParley();
  const asker = useAsker();
  const thread = useThread(roomId, threadId);
  const log = useThreadLog(roomId, threadId);
  const reading = useThreadReading(roomId, threadId);
  const isParserLoaded = useParser() !== null;
  const label = useRoomLabel(room);
  const field = useRef<HTMLTextAreaElement>(null);
  const handle = useRef<LogHandle>(null);
  const isFollowed = thread?.follow?.isFollowed ?? false;
  const permissionContext = useMemo(
    () => ({ asker, room, membership, thread: { isFollowed } }),
    [asker, room, membership, isFollowed],
  );
  const { markUnread } = reading;
  const place = placeOf({ roomId, threadId });
  const inThread = useMemo(() => ({ place, markUnread }), [place, markUnread]);
  const [editedId, setEditedId] = useState<string | null>(null);
  const [resumedEdit, setResumedEdit] = useState<string | null>(null);
  const mayReply = mayPost(asker, room, membership);
  const isReady = log.status === "ready" && isParserLoaded && thread?.first !== undefined;
  // Also while the menu that has opened the thread closes.
  useEffect(() => {
    if (!matchMedia(touchDevice).matches) field.current?.focus({ preventScroll: true });
  }, []);
  const focusComposer = () => field.current?.focus();
  return (
    <ThreadContext value={inThread}>
      <NoLogPlaces>
        <ThreadBar item={item} threadId={threadId} thread={thread ?? unknownThread} onClose={onClose} />
        {isReady ? (
          <MessageLog
            ref={handle}
            roomId={roomId}
            label="this thread"
            permissionContext={permissionContext}
            bubbles={null}
            otherPeopleCount={room.memberCount - 1}
            log={log}
            start={<ThreadStart first={thread.first ?? null} summary={thread.summary} label={label} />}
            onVisibleChange={reading.setVisible}
            focusComposer={focusComposer}
            resumedEdit={resumedEdit}
            onEditResumed={() => setResumedEdit(null)}
            onEditedIdChange={setEditedId}
            onReturnToComposer={(entry) => {
              returnText(texts, entry);
              focusComposer();
            }}
            onReply={(messageId) => {
              texts.write(replyPlace(place), messageId);
              focusComposer();
            }}
          />
        ) : (
          <InsteadOfThread
            log={log}
            isMissing={log.status === "error" && log.error?.code === "not_found"}
            onClose={onClose}
          />
        )}
        <TypingLine roomId={threadId} />
        {thread?.about && <ResolvedNote about={thread.about} />}
        {mayReply.ok ? (
          <ThreadComposer
            room={room}
            threadId={threadId}
            label={label}
            fieldRef={field}
            above={
              <AboveComposer
                place={place}
                focusComposer={focusComposer}
                editedId={editedId}
                onContinue={setResumedEdit}
              />
            }
            onEditLast={() => handle.current?.editLast()}
            onScrollPage={(direction) => handle.current?.scrollPage(direction)}
          />
        ) : (
          <Refusal archived={room.archivedAt !== null}>{mayReply.reason}</Refusal>
        )}
      </NoLogPlaces>
    </ThreadContext>
  );
}
