import type { Blocks } from "@/lib/contract/block";
import type { Draft } from "@/lib/contract/draft";
import type { Input, OperationName, Output } from "@/lib/contract/index";
import type { Message, WrittenMessage } from "@/lib/contract/message";
import type { Person } from "@/lib/contract/person";
import type { OwnReaction } from "@/lib/contract/reaction";
import type { Membership } from "@/lib/contract/room";
import type { Sidebar } from "@/lib/contract/section";
import type { ThreadFollow } from "@/lib/contract/thread-summary";
import {
  dropRoom,
  putBlocks,
  putChangedRoom,
  putChosenPresence,
  putEntry,
  putFollow,
  putOrganization,
  putPreferences,
  putRoom,
  putSidebar,
} from "./catch-up";
import { placeOf } from "./draft-places";
import { putDraft } from "./draft-state";
import type { Stores } from "./parley";
import { applyReactions, ownChange } from "./reactions";
import { dropInvite } from "./room-invites";
import { applyMembership } from "./room-log";
import type { SidebarChange } from "./stores/outbox";
import { applySummaries, putFirst } from "./threads";

/** The stores and functions that an answer uses to change the client's state. */
export interface AnswerTarget {
  stores: Stores;
  putPeople(people: readonly Person[]): void;
  /** Receives messages that the server has stored. */
  receiveMessages(messages: readonly Message[]): void;
  putMessage(message: Message): void;
}

interface AnswerRule<N extends OperationName> {
  /** Shows the expected result before the answer arrives. Returns a function that hides it when the request has ended. */
  showExpected?(input: Input<N>, target: AnswerTarget): () => void;
  apply(answer: Output<N>, target: AnswerTarget, input: Input<N>): void;
}

/**
 * How the answer to each operation changes the stores. An operation without a rule changes no store. If an event for the same
 * change arrives later, the event has no effect. The callers apply the answer to `sync`, and the messages of `message.list`,
 * because they also need the request.
 */
const rules: { readonly [N in OperationName]?: AnswerRule<N> } = {
  "direct.open": { apply: (entry, { stores }) => stores.rooms.setState((state) => putEntry(state, entry)) },
  "ban.list": { apply: ({ bans }, target) => target.putPeople(bans.map(({ person }) => person)) },
  "block.add": { apply: applyBlocks },
  "block.remove": { apply: applyBlocks },
  "draft.show": { apply: applyDraft },
  "draft.write": { apply: applyDraft },
  "joinRequest.list": { apply: ({ requests }, target) => target.putPeople(requests.map(({ person }) => person)) },
  "membership.join": { apply: (entry, { stores }) => stores.rooms.setState((state) => putEntry(state, entry)) },
  "membership.leave": {
    apply: (_, { stores }, { roomId }) => stores.rooms.setState((state) => dropRoom(state, roomId)),
  },
  "membership.setHidden": { apply: putMembership },
  "membership.setSection": { showExpected: showSidebarChange, apply: putMembership },
  "membership.setMuted": { apply: putMembership },
  "membership.list": { apply: ({ members }, target) => target.putPeople(members.map(({ person }) => person)) },
  "message.delete": { apply: (message, target) => target.putMessage(message) },
  "message.edit": {
    showExpected: ({ messageId, body }, { stores }) => showEdit(stores.outbox, messageId, body),
    apply: putWritten,
  },
  "message.list": {
    apply({ people, messages, threads, first }, target, { roomId, threadId }) {
      target.putPeople(people);
      target.receiveMessages(messages);
      target.stores.rooms.setState((state) => {
        const room = state.rooms.get(roomId);
        const next = room && applySummaries(room, threads);
        return next ? putRoom(state, threadId && first !== undefined ? putFirst(next, threadId, first) : next) : state;
      });
    },
  },
  "message.lookUp": { apply: ({ people }, target) => target.putPeople(people) },
  "message.send": { apply: putWritten },
  "organization.setPicture": {
    apply: (organization, { stores }) => stores.rooms.setState((state) => putOrganization(state, organization)),
  },
  "organization.update": {
    apply: (organization, { stores }) => stores.rooms.setState((state) => putOrganization(state, organization)),
  },
  "person.browse": { apply: ({ people }, target) => target.putPeople(people) },
  "pin.add": { apply: (message, target) => target.putMessage(message) },
  "pin.list": { apply: ({ people }, target) => target.putPeople(people) },
  "pin.remove": { apply: (message, target) => target.putMessage(message) },
  "presence.choose": {
    apply: (chosen, { stores }) => stores.rooms.setState((state) => putChosenPresence(state, chosen)),
  },
  "person.list": { apply: ({ people }, target) => target.putPeople(people) },
  "preferences.update": {
    apply: (preferences, { stores }) => stores.rooms.setState((state) => putPreferences(state, preferences)),
  },
  "reaction.add": { apply: applyReaction },
  "reaction.remove": { apply: applyReaction },
  "reaction.list": { apply: ({ reactions }, target) => target.putPeople(reactions.map(({ person }) => person)) },
  "room.archive": { apply: (room, { stores }) => stores.rooms.setState((state) => putChangedRoom(state, room)) },
  "room.create": { apply: (entry, { stores }) => stores.rooms.setState((state) => putEntry(state, entry)) },
  "room.setAccess": { apply: (room, { stores }) => stores.rooms.setState((state) => putChangedRoom(state, room)) },
  "room.setAvatar": { apply: (room, { stores }) => stores.rooms.setState((state) => putChangedRoom(state, room)) },
  "room.unarchive": { apply: (room, { stores }) => stores.rooms.setState((state) => putChangedRoom(state, room)) },
  "roomInvite.accept": {
    apply: (entry, { stores }, { roomInviteId }) =>
      stores.rooms.setState((state) => dropInvite(putEntry(state, entry), roomInviteId)),
  },
  "roomInvite.decline": {
    apply: (_, { stores }, { roomInviteId }) => stores.rooms.setState((state) => dropInvite(state, roomInviteId)),
  },
  "section.create": { apply: applySidebar },
  "section.delete": { apply: applySidebar },
  "section.update": { showExpected: showSidebarChange, apply: applySidebar },
  "thread.list": { apply: ({ people }, target) => target.putPeople(people) },
  "thread.markUnread": { apply: applyFollow },
  "thread.read": { apply: applyFollow },
  "thread.move": { apply: ({ messages }, target) => messages.forEach((message) => target.putMessage(message)) },
  "thread.setFollowed": { apply: applyFollow },
  "thread.setMuted": { apply: applyFollow },
  "thread.setResolved": { apply: (message, target) => target.putMessage(message) },
  "thread.setTitle": { apply: (message, target) => target.putMessage(message) },
  "room.update": { apply: (room, { stores }) => stores.rooms.setState((state) => putChangedRoom(state, room)) },
};

/** Puts a message that I wrote, and keeps what I have to know about its mentions. */
function putWritten({ notes, ...message }: WrittenMessage, target: AnswerTarget): void {
  target.putMessage(message);
  if (!notes) return;
  const { id: messageId } = message;
  target.stores.outbox.setState(({ mentionNotes }) => ({
    mentionNotes: new Map(mentionNotes).set(placeOf(message), { messageId, ...notes }),
  }));
}

function applyBlocks(blocks: Blocks, { stores }: AnswerTarget): void {
  stores.rooms.setState((state) => putBlocks(state, blocks));
}

function applyReaction(reaction: OwnReaction, { stores }: AnswerTarget): void {
  stores.rooms.setState((state) => {
    const room = state.rooms.get(reaction.roomId);
    return room ? putRoom(state, applyReactions(room, [ownChange(reaction, state.me.id)])) : state;
  });
}

function applyDraft(draft: Draft, { stores }: AnswerTarget): void {
  stores.rooms.setState((state) => putDraft(state, draft));
}

function applyFollow(follow: ThreadFollow, { stores }: AnswerTarget): void {
  stores.rooms.setState((state) => putFollow(state, follow));
}

function applySidebar(sidebar: Sidebar, { stores }: AnswerTarget): void {
  stores.rooms.setState((state) => putSidebar(state, sidebar));
}

/** Shows a change of my sidebar until the returned function is called. */
function showSidebarChange(change: SidebarChange, { stores: { outbox } }: AnswerTarget): () => void {
  outbox.setState(({ sidebar }) => ({ sidebar: [...sidebar, change] }));
  return () => outbox.setState(({ sidebar }) => ({ sidebar: sidebar.filter((each) => each !== change) }));
}

function putMembership(membership: Membership, { stores }: AnswerTarget): void {
  stores.rooms.setState((state) => {
    const room = state.rooms.get(membership.roomId);
    return room ? putRoom(state, applyMembership(room, membership)) : state;
  });
}

/** Calls an operation through `call` and applies its answer. */
export async function callAndApply<N extends OperationName>(
  name: N,
  input: Input<N>,
  call: (name: N, input: Input<N>) => Promise<Output<N>>,
  target: AnswerTarget,
): Promise<Output<N>> {
  const rule: AnswerRule<N> | undefined = rules[name];
  const hideExpected = rule?.showExpected?.(input, target);
  try {
    const answer = await call(name, input);
    rule?.apply(answer, target, input);
    return answer;
  } finally {
    hideExpected?.();
  }
}

/** Shows a message with its new text until the returned function is called. */
function showEdit(outbox: Stores["outbox"], messageId: string, body: string): () => void {
  outbox.setState(({ edits }) => ({ edits: new Map(edits).set(messageId, body) }));
  return () => {
    const edits = new Map(outbox.getState().edits);
    // Keep the text of a later edit of the same message.
    if (edits.get(messageId) !== body) return;
    edits.delete(messageId);
    outbox.setState({ edits });
  };
}
