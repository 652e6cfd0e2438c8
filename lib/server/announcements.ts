import type { MeEvent } from "@/lib/contract/events";
import type { MeChange } from "@/lib/contract/home";
import { db, Prisma, type Tx } from "./db";
import type { AccessChanges, Announce } from "./handler";
import { log } from "./log";
import { announceChange } from "./logs";
import { lockAwaitedRoom } from "./room-locks";
import { touchOrganization, touchPeople } from "./touch";

/**
 * Collects what one transaction changes. Call `writeTicks` at the end of the transaction, and `send` after its commit. If
 * `whyReadOnly` is a text, announcements that would write in the transaction throw it as an error.
 */
export function collectAnnouncements(whyReadOnly: string | null = null): {
  announce: Announce;
  writeTicks: (tx: Tx) => Promise<void>;
  /** `startedAt` is when the work began, by `performance.now()`. */
  send: (startedAt: number) => Promise<void>;
} {
  const changedRoomIds = new Set<string>();
  const changesByPerson = new Map<string, MeChange[]>();
  const changesByOrganization = new Map<string, { personIds: string[]; groupIds: string[] | null }>();
  const changedOrganizationIds = new Set<string>();
  const accessChanges = new Map<string, AccessChanges>();
  const tasksAfterCommit: (() => unknown)[] = [];
  let eventsByPerson = new Map<string, MeEvent>();
  const requireTransaction = () => {
    if (whyReadOnly !== null) throw new Error(whyReadOnly);
  };
  const changesOf = (organizationId: string) => {
    requireTransaction();
    const changes = changesByOrganization.get(organizationId) ?? { personIds: [], groupIds: null };
    changesByOrganization.set(organizationId, changes);
    return changes;
  };
  const announce: Announce = {
    room: (roomId) => changedRoomIds.add(roomId),
    me(personId, change) {
      requireTransaction();
      changesByPerson.set(personId, [...(changesByPerson.get(personId) ?? []), ...(change ? [change] : [])]);
    },
    people: (organizationId, personIds) => void changesOf(organizationId).personIds.push(...personIds),
    organization(organizationId, groupIds = []) {
      const changes = changesOf(organizationId);
      changes.groupIds = [...(changes.groupIds ?? []), ...groupIds];
    },
    administration(organizationId) {
      if (!changedOrganizationIds.has(organizationId)) changesOf(organizationId);
    },
    person(organizationId, personId, changes) {
      announce.people(organizationId, [personId]);
      accessChanges.set(personId, changes);
    },
    organizationLog: (organizationId) => changedOrganizationIds.add(organizationId),
    after: (task) => tasksAfterCommit.push(task),
  };
  return {
    announce,
    async writeTicks(tx) {
      eventsByPerson = await touchPeople(tx, changesByPerson);
      for (const [id, { personIds, groupIds }] of changesByOrganization)
        await touchOrganization(tx, id, personIds, groupIds);
      // `touchOrganization` has locked these people's rows.
      for (const [id, changes] of accessChanges)
        await tx.person.update({ where: { id }, data: changes, select: { id: true } });
    },
    async send(startedAt) {
      for (const [personId, frame] of eventsByPerson)
        announceChange("person", personId, { frame, versions: null, startedAt, isShared: true });
      for (const roomId of changedRoomIds) announceChange("room", roomId);
      for (const organizationId of [...changesByOrganization.keys(), ...changedOrganizationIds])
        announceChange("organization", organizationId);
      for (const task of tasksAfterCommit) await runAndLogErrors(task);
    },
  };
}

/** Runs a task after the commit. Its errors are only logged, because the change has already been made. */
async function runAndLogErrors(task: () => unknown): Promise<void> {
  try {
    await task();
  } catch (error) {
    log().error({ err: String(error) }, "a task after the commit failed");
  }
}

/** Makes a change that no request caused, such as an expiry, in one transaction. Then announces it. */
export async function changeLogs(change: (tx: Tx, announce: Announce) => Promise<void>): Promise<void> {
  const startedAt = performance.now();
  const { announce, writeTicks, send } = collectAnnouncements();
  const run = async (tx: Tx) => {
    await lockAwaitedRoom(tx);
    await change(tx, announce);
    await writeTicks(tx);
  };
  await db().$transaction(run, { isolationLevel: Prisma.TransactionIsolationLevel.ReadCommitted });
  await send(startedAt);
}
