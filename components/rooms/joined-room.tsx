"use client";
import dynamic from "next/dynamic";
import { useEffect, useMemo, useRef, useState } from "react";
import { AboveComposer } from "@/components/composer/above-composer";
import { Audience } from "@/components/composer/audience";
import { Composer, replyPlace } from "@/components/composer/composer";
import { Refusal } from "@/components/composer/refusal";
import { returnText } from "@/components/composer/return-text";
import { useComposerFocus } from "@/components/composer/use-composer-focus";
import { TypingLine } from "@/components/composer/typing-line";
import { useParser } from "@/components/markdown/parser";
import { bubblesOf } from "@/components/messages/bubbles";
import { useLogPlaces } from "@/components/messages/log-places";
import type { LogHandle } from "@/components/messages/message-log";
import { InsteadOfLog, UnreadyLog } from "@/components/messages/unready-log";
import { useAsker } from "@/components/people/use-asker";
import { ConnectionBanner } from "@/components/shell/connection-banner";
import { Pane } from "@/components/shell/frame";
import { MissingPanel } from "@/components/shell/missing";
import { hasPanel, openPlace, type Panel, usePaths, usePlace } from "@/components/shell/place";
import { panelCoversRoom, useMedia } from "@/components/shell/use-media";
import { MissingNote } from "@/components/ui/missing-note";
import { retrying } from "@/components/ui/on-demand";
import { LogSkeleton } from "@/components/ui/skeleton";
import { useAutoRead } from "@/lib/client/hooks/use-auto-read";
import { useLog } from "@/lib/client/hooks/use-log";
import { useParley } from "@/lib/client/hooks/use-parley";
import { usePreferences } from "@/lib/client/hooks/use-preferences";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { useSendMessage } from "@/lib/client/hooks/use-send-message";
import { mayPost } from "@/lib/policy/room";
import { RoomHeader } from "./room-header";
import { DirectStart } from "./direct-start";
import { RoomStart } from "./room-start";
import { useRoomLabel } from "./use-room-title";

/** Fetched while the parser and the first messages are, so that it delays neither. */
export const loadLog = async () => ({ default: (await import("@/components/messages/message-log")).MessageLog });
const MessageLog = dynamic(retrying(loadLog, MissingNote), {
  ssr: false,
  loading: () => (
    <InsteadOfLog>
      <LogSkeleton className="mt-auto" />
    </InsteadOfLog>
  ),
});
const RoomPanel = dynamic(
  retrying(() => import("./room-panel"), MissingPanel),
  { ssr: false },
);
const ThreadPanel = dynamic(
  retrying(() => import("@/components/threads/thread-panel"), MissingPanel),
  { ssr: false },
);
// Loaded only for archived rooms.
const UnarchiveButton = dynamic(
  retrying(() => import("./unarchive-button")),
  { ssr: false },
);

type JoinedRoomProps = { item: RoomListItem; panel: Panel | null; threadId: string | null };

/** A room that I am in: its messages, its composer, and its panel or one of its threads. */
export function JoinedRoom({ item, panel, threadId }: JoinedRoomProps) {
  const { roomId, room, membership } = item;
  const asker = useAsker();
  const paths = usePaths();
  const log = useLog(roomId, useLogPlaces().get(roomId)?.seq ?? null);
  const isParserLoaded = useParser() !== null;
  const { setVisible } = useAutoRead(roomId);
  // What is covered, even in part, does not count as read.
  const isNarrow = useMedia(panelCoversRoom);
  const isCovered = hasPanel(usePlace()) && isNarrow;
  useEffect(() => {
    if (isCovered) setVisible(null);
  }, [isCovered, setVisible]);
  const { texts } = useParley();
  const send = useSendMessage(roomId);
  const { messageLayout } = usePreferences();
  const [editedId, setEditedId] = useState<string | null>(null);
  const [resumedEdit, setResumedEdit] = useState<string | null>(null);
  const composerField = useRef<HTMLTextAreaElement>(null);
  const logHandle = useRef<LogHandle>(null);
  const label = useRoomLabel(room);
  const isEmpty = log.items.every((row) => row.type !== "message" || row.message.kind === "notice");
  const mayPostHere = mayPost(asker, room, membership);
  const permissionContext = useMemo(() => ({ asker, room, membership }), [asker, room, membership]);
  useComposerFocus(composerField, mayPostHere.ok);
  useEffect(() => void loadLog().catch(() => {}), []); // `MessageLog` tries again
  const focusComposer = () => composerField.current?.focus();

  return (
    <>
      <Pane>
        <RoomHeader item={item} panel={panel} />
        <ConnectionBanner />
        {log.status === "ready" && isParserLoaded ? (
          <MessageLog
            ref={logHandle}
            roomId={roomId}
            label={label}
            permissionContext={permissionContext}
            bubbles={bubblesOf(messageLayout, room)}
            otherPeopleCount={room.memberCount - 1}
            log={log}
            start={
              room.kind === "direct" ? (
                <DirectStart room={room} />
              ) : (
                <RoomStart
                  room={room}
                  membership={membership}
                  isEmpty={isEmpty}
                  onWrite={mayPostHere.ok ? focusComposer : undefined}
                />
              )
            }
            onVisibleChange={isCovered ? undefined : setVisible}
            focusComposer={focusComposer}
            resumedEdit={resumedEdit}
            onEditResumed={() => setResumedEdit(null)}
            onEditedIdChange={setEditedId}
            onReturnToComposer={(entry) => {
              returnText(texts, entry);
              if (entry.reply) openPlace(paths.thread(roomId, entry.reply.threadId));
              else focusComposer();
            }}
            onReply={(messageId) => {
              texts.write(replyPlace(roomId), messageId);
              focusComposer();
            }}
          />
        ) : (
          <UnreadyLog log={log} title="Couldn't load messages" note="Your drafts are safe." />
        )}
        <TypingLine roomId={roomId} />
        {mayPostHere.ok ? (
          <Composer
            place={roomId}
            names={{ form: `Write to ${label}`, field: `Message ${label}`, send: "Send" }}
            fieldRef={composerField}
            reachesRoom
            className="md:mx-4 md:mb-4"
            audience={<Audience room={room} />}
            above={
              <AboveComposer
                place={roomId}
                focusComposer={focusComposer}
                editedId={editedId}
                onContinue={setResumedEdit}
              />
            }
            onSend={send}
            onEditLast={() => logHandle.current?.editLast()}
            onScrollPage={(direction) => logHandle.current?.scrollPage(direction)}
          />
        ) : (
          <Refusal archived={room.archivedAt !== null} action={room.archivedAt && <UnarchiveButton item={item} />}>
            {mayPostHere.reason}
          </Refusal>
        )}
      </Pane>
      {threadId ? (
        <ThreadPanel key={threadId} roomId={roomId} threadId={threadId} />
      ) : (
        panel && <RoomPanel item={item} panel={panel} />
      )}
    </>
  );
}
