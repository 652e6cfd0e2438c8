// Compares what tabs show with the stored state. Used to wait until they agree, and to report where they differ.
import { isDeepStrictEqual } from "node:util";
import { limits } from "@/lib/contract/limits";
import { rangeAt } from "@/lib/client/ranges";
import type { RoomState } from "@/lib/client/room-state";
import { isCapped } from "@/lib/client/unread";
import { choiceAt } from "@/lib/contract/presence-choice";
import type { Run } from "./run-state";
import type { Tab } from "./tab";
import { type Difference, firstDifference, reactionDifference } from "./difference";
import { ofThreads } from "./views-threads";
import { recountMentions } from "./recount-mentions";
import { blocks, choiceNow, hasJustEnded, mayKnow, type Member, type Truth } from "./truth";
import { isShown, recount } from "./unread";

/** All differences between tabs and the stored state. */
export function differencesOf(run: Run, truth: Truth): Difference[] {
  return run.tabs.flatMap((tab) => [
    ...ofConnection(tab, truth),
    ...ofRooms(tab, truth),
    ...ofPeople(tab, truth),
    ...ofOutbox(tab, truth),
  ]);
}

/** Without the role, which one of the actions changes by SQL: then nobody is told. */
const shownOfPeople = ["name", "handle", "title", "timeZone", "statusEmoji", "statusText", "picture"] as const;

/** Of the people that a tab has loaded and may still know, and of the organization's clock. */
function ofPeople({ name, parley, sessionId, browser }: Tab, truth: Truth): Difference[] {
  if (!parley || truth.revokedSessions.has(sessionId)) return [];
  const { id: myId, organizationId } = browser.person;
  const { me, organizationClock } = parley.stores.rooms.getState();
  const all: Difference[] = [];
  const say = (sentence: string) => all.push({ invariant: "I3", sentence: `${name} ${sentence}` });
  const stored = truth.organizationClocks.get(organizationId);
  if (organizationClock !== stored)
    say(`has its organization's clock at ${organizationClock} instead of ${String(stored)}.`);
  for (const person of [me, ...parley.stores.people.getState().people.values()]) {
    const row = truth.people.get(person.id);
    if (!row || !mayKnow(truth, myId, person.id)) continue;
    for (const key of shownOfPeople)
      if (person[key] !== row[key])
        say(`shows the ${key} of ${person.id} as "${String(person[key])}" instead of "${String(row[key])}".`);
  }
  return all;
}

function ofConnection(tab: Tab, truth: Truth): Difference[] {
  const status = tab.parley?.stores.connection.getState().status ?? "not loaded";
  const ended = truth.revokedSessions.has(tab.sessionId);
  const expected = ended ? "signed_out" : "online";
  // With an ended session, the page that loads is the sign-in page.
  return status === expected || (ended && status === "not loaded")
    ? []
    : [{ invariant: "I10", sentence: `${tab.name} is ${status} instead of ${expected}.` }];
}

function ofOutbox({ name, parley, sessionId, browser, pendingRequests }: Tab, truth: Truth): Difference[] {
  // Someone who can't sign in again keeps their unsent messages.
  if (truth.revokedSessions.has(sessionId)) return [];
  const waiting = parley?.stores.outbox.getState().entries.filter(({ state }) => state === "waiting") ?? [];
  if (waiting.length === 0) return [];
  const ageOf = (since: number) => `for ${Math.round(performance.now() - since)} ms`;
  const holders = [...browser.lockHolders].map(([lock, { tab, since }]) => `${tab} holds ${lock} ${ageOf(since)}.`);
  const requests = [...pendingRequests.values()].map(({ url, since }) => `${url} is pending ${ageOf(since)}.`);
  const sentence = `${name} still has ${waiting.length} to send, first "${waiting[0]?.body}".`;
  return [{ invariant: "I10", sentence: [sentence, ...holders, ...requests].join(" ") }];
}

function ofRooms(tab: Tab, truth: Truth): Difference[] {
  const { parley, name, browser } = tab;
  if (!parley || truth.revokedSessions.has(tab.sessionId)) return [];
  const personId = browser.person.id;
  const { clock, rooms, drafts, invites, sidebar, preferences, chosenPresence, blocked } =
    parley.stores.rooms.getState();
  const all: Difference[] = [];
  const say = (invariant: Difference["invariant"], sentence: string) =>
    all.push({ invariant, sentence: `${name} ${sentence}` });
  const { clock: storedClock, sections, preferences: preferred } = truth.people.get(personId) ?? {};
  if (clock !== storedClock) say("I3", `has its person's clock at ${clock} instead of ${storedClock}.`);
  if (sections && !isDeepStrictEqual(sidebar.sections, sections))
    say("I3", `shows the sections ${JSON.stringify(sidebar.sections)} instead of ${JSON.stringify(sections)}.`);
  if (preferred && preferences.messageLayout !== preferred.messageLayout)
    say("I3", `shows messages as ${preferences.messageLayout} instead of ${preferred.messageLayout}.`);
  const [choice, storedChoice] = [choiceAt(chosenPresence, Date.now()), choiceNow(truth, personId)];
  if (choice !== storedChoice) say("I3", `shows the presence ${choice} as chosen instead of ${storedChoice}.`);
  const pending = truth.invites.filter(
    (invite) =>
      invite.personId === personId && invite.state === "pending" && !blocks(truth, personId, invite.inviterId),
  );
  const [shownIds, blockedIds] = [[...blocked.ids].toSorted(), [...(truth.blocks.get(personId) ?? [])].toSorted()];
  if (shownIds.join() !== blockedIds.join())
    say("I3", `blocks ${shownIds.join(", ")} instead of ${blockedIds.join(", ")}.`);
  const stored = [...truth.drafts.values()].filter((draft) => draft.personId === personId);
  for (const { place, text } of stored) {
    const shown = drafts.get(place)?.text ?? "";
    if (shown !== text) say("I3", `has the draft "${shown}" instead of "${text}" in ${place}.`);
    const typed = parley.texts.read(place);
    if (tab.room === place && rooms.has(place) && typed !== text)
      say("I10", `shows "${typed}" in the composer instead of "${text}" in ${place}.`);
  }
  const idsOf = (some: readonly { id: string }[]) =>
    some
      .map(({ id }) => id)
      .toSorted()
      .join(", ");
  if (idsOf(invites) !== idsOf(pending)) say("I3", `shows the invites ${idsOf(invites)} instead of ${idsOf(pending)}.`);
  const memberships = truth.members.filter((member) => member.personId === personId);
  for (const roomId of rooms.keys())
    if (!memberships.some((member) => member.roomId === roomId))
      say("I3", `shows the room ${roomId} without being in it.`);
  for (const member of memberships) {
    const state = rooms.get(member.roomId);
    if (!state) say("I3", `does not show the room ${member.roomId}.`);
    else ofRoom(state, member, truth, tab.room === member.roomId, say);
  }
  return all;
}

function ofRoom(
  state: RoomState,
  member: Member,
  truth: Truth,
  isOpen: boolean,
  say: (invariant: Difference["invariant"], sentence: string) => void,
): void {
  const room = truth.rooms.get(member.roomId);
  const log = truth.logs.get(member.roomId) ?? [];
  const at = `in ${room?.name}`;
  const count = truth.members.filter(({ roomId, isCounted }) => roomId === member.roomId && isCounted).length;
  if (state.clock !== room?.clock) say("I3", `is at ${state.clock} of ${room?.clock} ${at}.`);
  if (state.room.changedSeq !== room?.changedSeq || state.room.memberCount !== count)
    say(
      "I3",
      `knows ${state.room.memberCount} members as of ${state.room.changedSeq}, not ${count} as of ${room?.changedSeq} ${at}.`,
    );
  for (const key of ["name", "topic", "postingPolicy", "access", "history", "pinsSeq"] as const)
    if (state.room[key] !== room?.[key])
      say("I3", `shows the ${key} "${state.room[key]}" instead of "${room?.[key]}" ${at}.`);
  if ((state.room.archivedAt !== null) !== room?.archived) say("I3", `shows archived as ${!room?.archived} ${at}.`);
  for (const key of ["lastReadSeq", "joinedSeq", "floorSeq", "role", "hiddenUpToSeq", "isMuted", "sectionId"] as const)
    if (state.membership[key] !== member[key])
      say(key === "lastReadSeq" ? "I7" : "I3", `has ${key} ${state.membership[key]} instead of ${member[key]} ${at}.`);

  if (isOpen && state.loadState !== "loaded") say("I3", `looks at a log that is ${state.loadState} ${at}.`);
  for (const { from, to, messages } of state.ranges) {
    const wanted = log.filter((row) => isShown(row) && row.seq > member.floorSeq && row.seq >= from && row.seq <= to);
    const differs = firstDifference(messages, wanted);
    if (differs) say("I3", `${differs} ${at} (from ${from} to ${to}).`);
    for (const message of messages) {
      const mentions = log.find(({ seq }) => seq === message.seq)?.mentions ?? null;
      if (!isDeepStrictEqual(message.mentions, mentions)) say("I3", `shows other mentions of ${message.seq} ${at}.`);
    }
    const ofReactions = reactionDifference(messages, truth, member.personId);
    if (ofReactions) say("I3", `${ofReactions} ${at}.`);
  }

  const counted = recount(truth, member);
  const unread = [...state.unread.seqs].toSorted((a, b) => a - b);
  const expected = isCapped(state.unread, state.membership.lastReadSeq)
    ? counted.filter((seq) => seq >= state.unread.floor).slice(-limits.unread)
    : counted;
  if (unread.join() !== expected.join())
    say(
      "I7",
      `counts ${unread.length} unread (${unread.join()}), a recount ${expected.length} (${expected.join()}) ${at}.`,
    );

  const mentioned = recountMentions(truth, member);
  const { mentions } = state.unread;
  const shownMentions = [...mentions.seqs].toSorted((a, b) => a - b);
  const expectedMentions = isCapped(mentions, state.membership.lastReadSeq)
    ? mentioned.filter((seq) => seq >= mentions.floor).slice(-limits.unread)
    : mentioned;
  if (shownMentions.join() !== expectedMentions.join())
    say("I7", `counts the mentions ${shownMentions.join()}, a recount ${expectedMentions.join()} ${at}.`);

  ofThreads(state, member, truth, say);
  const last = log.findLast(
    ({ kind, deleted, seq, authorId, ...row }) =>
      isShown({ kind, deleted, seq, authorId, ...row }) &&
      kind !== "notice" &&
      !deleted &&
      seq > member.floorSeq &&
      !blocks(truth, member.personId, authorId),
  );
  if (last && rangeAt(state.ranges, last.seq) && state.lastMessage?.id !== last.id)
    say("I3", `has "${state.lastMessage?.body}" instead of "${last.body}" as the last message ${at}.`);
}

/** Compares the presence that each tab shows with the tabs that are really open, and with what their people chose. */
export function presenceDifferences(run: Run, truth: Truth): Difference[] {
  const online = run.tabs.filter(
    ({ parley, sessionId }) =>
      !truth.revokedSessions.has(sessionId) && parley?.stores.connection.getState().status === "online",
  );
  const actual = new Map<string, string>();
  for (const { browser, active } of online) {
    const { id } = browser.person;
    const choice = choiceNow(truth, id);
    if (choice === "offline") continue;
    if (choice === "dnd") actual.set(id, "dnd");
    else if (actual.get(id) !== "active") actual.set(id, active ? "active" : "idle");
  }
  return online.flatMap(({ name, browser, parley }) => {
    const shown = parley?.stores.presence.getState().states ?? {};
    const { people, owner } = browser.team;
    return [owner, ...people].flatMap(({ id }): Difference[] => {
      const known = mayKnow(truth, browser.person.id, id) ? actual.get(id) : undefined;
      const [state, shownState] = [known ?? "offline", shown[id] ?? "offline"];
      return state === shownState || hasJustEnded(truth, id)
        ? []
        : [{ invariant: "I12", sentence: `${name} shows ${id} as ${shownState}, who is ${state}.` }];
    });
  });
}
