import type { Draft } from "@/lib/contract/draft";
import type { Message } from "@/lib/contract/message";
import type { RoomsState } from "./stores/rooms";

type Drafts = Pick<RoomsState, "drafts">;

/** Puts a draft, unless it is older. At the same tick, an empty one is newer: its message was sent, which has no tick. */
export function putDraft<State extends Drafts>(state: State, draft: Draft): State {
  const current = state.drafts.get(draft.roomId);
  if (current && (current.tick > draft.tick || (current.tick === draft.tick && draft.text !== ""))) return state;
  return { ...state, drafts: new Map(state.drafts).set(draft.roomId, draft) };
}

/** The drafts of a home that was read at this value of my clock, and those that the state knows to be newer. */
export function newerDrafts({ drafts }: Drafts, home: Drafts, clock: number): RoomsState["drafts"] {
  const newer = [...drafts.values()].filter(({ tick, text }) => tick > clock || text === "");
  return newer.reduce(putDraft, home).drafts;
}

/** Empties the drafts that have become these messages. */
export function dropSent<State extends Drafts>(
  state: State,
  messages: readonly Pick<Message, "id" | "roomId">[],
): State {
  return messages.reduce((current, { id, roomId }) => {
    const draft = current.drafts.get(roomId);
    return draft?.id === id ? putDraft(current, { ...draft, text: "", isWhole: true }) : current;
  }, state);
}
