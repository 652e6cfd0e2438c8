import type { Draft } from "@/lib/contract/draft";
import { placeOf } from "./draft-places";
import { newestMessages } from "./ranges";
import type { RoomsState } from "./stores/rooms";

type Drafts = Pick<RoomsState, "drafts">;

/** Puts a draft, unless it is older. At the same tick, an empty one is newer: its message was sent, which has no tick. */
export function putDraft<State extends Drafts>(state: State, draft: Draft): State {
  const current = state.drafts.get(placeOf(draft));
  if (current && (current.tick > draft.tick || (current.tick === draft.tick && draft.text !== ""))) return state;
  return { ...state, drafts: new Map(state.drafts).set(placeOf(draft), draft) };
}

/** The drafts of a home that was read at this value of my clock, and those that the state knows to be newer. */
export function newerDrafts({ drafts }: Drafts, home: Drafts, clock: number): RoomsState["drafts"] {
  const newer = [...drafts.values()].filter(({ tick, text }) => tick > clock || text === "");
  return newer.reduce(putDraft, home).drafts;
}

/** Empties the drafts that have become these messages. */
export function dropSent<State extends Drafts>(
  state: State,
  messages: readonly { id: string; roomId: string; threadId?: string | null }[],
): State {
  return messages.reduce((current, message) => {
    const draft = current.drafts.get(placeOf(message));
    return draft?.id === message.id ? putDraft(current, { ...draft, text: "", isWhole: true }) : current;
  }, state);
}

/** Whether the message that a draft becomes is known: it was received lately (`arrivedIds`), or is loaded. */
export function hasArrived(
  rooms: RoomsState["rooms"],
  { id, roomId, threadId }: Draft,
  arrivedIds: ReadonlySet<string>,
): boolean {
  if (arrivedIds.has(id)) return true;
  const room = rooms.get(roomId);
  const ranges = threadId ? room?.threads.get(threadId)?.log?.ranges : room?.ranges;
  return [...newestMessages(ranges ?? []), room?.lastMessage].some((message) => message?.id === id);
}
