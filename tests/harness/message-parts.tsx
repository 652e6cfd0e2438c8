import { useState } from "react";
import ConfirmMention from "@/components/composer/confirm-mention";
import MentionNotes from "@/components/composer/mention-notes";
import ActionsSheet from "@/components/messages/actions-sheet";
import { actionsFor, messageActions } from "@/components/messages/message-actions";
import MessageToolbar from "@/components/messages/message-toolbar";
import { PinsPanel } from "@/components/pins/pins-panel";
import ReactionPicker from "@/components/reactions/reaction-picker";
import { Tones } from "@/components/reactions/tone-choice";
import Reactions from "@/components/reactions/reactions";
import WhoReacted from "@/components/reactions/who-reacted";
import { ThreadBar } from "@/components/threads/thread-bar";
import { threadOffers } from "@/components/threads/thread-offers";
import { useParley } from "@/lib/client/hooks/use-parley";
import { mayMentionEveryone } from "@/lib/policy/mention";
import { archived, by, inRoom, menu, nothing, type Part } from "./parts";
import { archivedAt, messageBy, type Viewer } from "./viewers";

const onMessage = (authorId: string, key: string) =>
  by("message", messageActions, key, (viewer) => ({ ...viewer, message: messageBy(authorId) }));

/** The buttons for the emoji that somebody used last. */
const quick = (emojis: readonly string[], authorId: string) =>
  Object.fromEntries(emojis.map((emoji) => [`button React with ${emoji}`, onMessage(authorId, "react")]));

/** What is said after somebody mentioned Fay, who is not in the room. */
function NotesAboutFay() {
  const { stores } = useParley();
  useState(() => {
    const notes = { messageId: "message", refused: [], outsiderIds: ["Fay"] };
    stores.outbox.setState({ mentionNotes: new Map([["room", notes]]) });
  });
  return <MentionNotes place="room" onDone={() => {}} />;
}

const mayMention = ({ asker, membership, room }: Viewer) => mayMentionEveryone(asker, room, membership).ok;

function threadBy(authorId: string, state: { isFollowed: boolean; isMuted: boolean; isResolved: boolean }) {
  const about = { title: "The plan", resolvedAt: state.isResolved ? archivedAt : null, resolvedById: null };
  const ids = { roomId: "room", threadId: "message", about, aboutSeq: 1, tick: 1 };
  const places = { chosenAtSeq: 0, lastReadSeq: 0, fromSeq: 0, readAtSeq: 0, clock: 1, unread: [], unreadInRoom: [] };
  const summary = { ...ids, authorId, count: 1, personIds: [], lastAt: archivedAt };
  return { about, summary, first: messageBy(authorId), follow: { ...ids, ...places, ...state } };
}

/** The parts of a message, and of lists of messages. */
export const messageParts: Record<string, Part> = {
  "pinned messages": {
    files: ["pins/pins-panel.tsx"],
    rooms: [{}, archived, { postingPolicy: "moderators" }],
    show: ({ item }) => <PinsPanel item={item} />,
    pressable: {
      "button Show the message of Someone": "always",
      "button Unpin the message of Someone": by("message", messageActions, "unpin", (viewer) => {
        return { ...viewer, message: { ...messageBy("Cleo"), pinnedAt: archivedAt } };
      }),
    },
  },
  "what is said about a mention": {
    files: ["composer/mention-notes.tsx"],
    rooms: [{}, archived],
    show: () => <NotesAboutFay />,
    pressable: {
      "button Add to room": inRoom("addPeople"),
      "button Invite to room": inRoom("addPeople"),
      "button Dismiss": "always",
    },
  },
  "the question before many people are mentioned": {
    files: [],
    rooms: [{ memberCount: 30 }, { memberCount: 60 }],
    show: () => <ConfirmMention roomId="room" body="@room" open onOpenChange={nothing} onConfirm={nothing} />,
    pressable: { "button Cancel": mayMention, "button Send message": mayMention },
  },
  "the question before an edit mentions many people": {
    files: [],
    rooms: [{ memberCount: 30 }],
    show: () => (
      <ConfirmMention
        roomId="room"
        body="@room @here"
        already={{ here: { kind: "here" } }}
        confirmLabel="Save changes"
        open
        onOpenChange={nothing}
        onConfirm={nothing}
      />
    ),
    pressable: { "button Cancel": mayMention, "button Save changes": mayMention },
  },
  "the reactions to a message": {
    files: [],
    rooms: [{}, archived],
    show: (viewer) => (
      <Reactions
        message={messageBy("them")}
        mayReact={actionsFor(viewer, messageBy("them")).some(({ key }) => key === "react")}
        isTabStop
        isOnBubble={false}
        onPick={nothing}
        onShowWho={nothing}
      />
    ),
    pressable: { "button 🎉 1 reaction": "always", "button Add reaction": onMessage("them", "react") },
  },
  "the picker for a reaction": {
    files: [],
    show: () => <ReactionPicker open onOpenChange={nothing} messageId="message" />,
    pressable: {
      "combobox Find an emoji": "always",
      "button No skin tone. Change skin tone": "always",
      ...Object.fromEntries(["👍", "🎉", "👀", "❤️", "✅"].map((emoji) => [`button ${emoji}`, "always" as const])),
      // The one by which the list measures the others. Without a layout, it draws no emoji.
      "gridcell ": "always",
    },
  },
  "the choice of a skin tone": {
    files: [],
    show: () => <Tones tone="none" onChange={nothing} onDone={nothing} />,
    pressable: Object.fromEntries(
      ["No", "Light", "Medium-light", "Medium", "Medium-dark", "Dark"].map((tone) => [
        `radio ${tone} skin tone`,
        "always" as const,
      ]),
    ),
  },
  "who reacted to a message": {
    files: [],
    show: () => <WhoReacted open onOpenChange={nothing} message={messageBy("them")} />,
    pressable: { "button Close": "always", "button All 1": "always", "button 🎉 1": "always" },
  },
  ...Object.fromEntries(
    ["them", "me"].flatMap((authorId): [string, Part][] => {
      const items = Object.fromEntries(messageActions.map(({ key, label }) => [label, onMessage(authorId, key)]));
      const actions = (viewer: Viewer) => actionsFor(viewer, messageBy(authorId));
      return [
        [
          `the toolbar of a message by ${authorId}`,
          {
            files: ["messages/log-row.tsx"],
            show: (viewer) => <Toolbar message={messageBy(authorId)} actions={actions(viewer)} />,
            pressable: {
              ...quick(["👍", "🎉", "👀"], authorId),
              "button React": onMessage(authorId, "react"),
              "button Reply": onMessage(authorId, "reply"),
              "button Reply in thread": onMessage(authorId, "thread"),
              "button Edit": onMessage(authorId, "edit"),
              ...menu("More", items),
            },
          },
        ],
        [
          `the sheet of a message by ${authorId}`,
          {
            files: ["messages/message-log.tsx", "messages/log-dialogs.tsx"],
            show: (viewer) => (
              <ActionsSheet
                open
                onOpenChange={nothing}
                message={messageBy(authorId)}
                actions={actions(viewer)}
                onAction={nothing}
              />
            ),
            pressable: {
              ...quick(["👍", "🎉", "👀", "❤️", "✅"], authorId),
              ...Object.fromEntries(Object.entries(items).map(([label, when]) => [`button ${label}`, when])),
            },
          },
        ],
      ];
    }),
  ),
  ...Object.fromEntries(
    [false, true].flatMap((isFollowed) =>
      ["them", "me"].map((authorId): [string, Part] => {
        const isResolved = authorId === "me";
        const situation = { isFollowed, isMuted: isResolved, authorId, isResolved };
        const onThread = (key: string) => by("thread", threadOffers, key, (viewer) => ({ ...viewer, ...situation }));
        const items = threadOffers.slice(2).map(({ key, label }) => [label, onThread(key)]);
        return [
          `a thread of ${authorId} that is ${isFollowed ? "followed" : "not followed"}`,
          {
            files: ["threads/thread-bar.tsx"],
            rooms: [{}, archived],
            show: ({ item }) => (
              <ThreadBar item={item} threadId="message" thread={threadBy(authorId, situation)} onClose={nothing} />
            ),
            pressable: {
              "button Back to room": "always",
              "button Follow thread": onThread("follow"),
              "button Stop following": onThread("unfollow"),
              ...menu("More", Object.fromEntries(items)),
              "button Close thread": "always",
            },
          },
        ];
      }),
    ),
  ),
};
function Toolbar(props: Pick<Parameters<typeof MessageToolbar>[0], "message" | "actions">) {
  const [isOpen, setOpen] = useState(false);
  return <MessageToolbar {...props} menuOpen={isOpen} onMenuOpenChange={setOpen} onAction={nothing} />;
}
