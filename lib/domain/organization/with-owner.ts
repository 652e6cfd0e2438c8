import { randomUUID } from "node:crypto";
import { uuidv7 } from "uuidv7";
import { defaultRooms } from "@/lib/contract/default-rooms";
import { makeHandle } from "@/lib/domain/person/handle";
import type { Tx } from "@/lib/server/db";
import { nameFields } from "../page-by-name";
import { makeRoom } from "./make-room";

interface NewOrganization {
  name: string;
  handle: string;
  /** The default rooms to create besides General, by name. */
  rooms: readonly string[];
  owner: { accountId: string; name: string };
}

/** Locks the creation of organizations until the transaction ends. Two that are created at once then get different handles. */
export async function lockNewOrganizations(tx: Tx): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(72700001)::text`;
}

/** Creates an organization with its owner and its first rooms. The caller has called `lockNewOrganizations`. */
export async function createWithOwner(tx: Tx, { name, handle, rooms, owner }: NewOrganization) {
  const organization = await tx.organization.create({ data: { id: uuidv7(), name, handle, epoch: randomUUID() } });
  const person = await tx.person.create({
    data: {
      id: uuidv7(),
      organizationId: organization.id,
      accountId: owner.accountId,
      role: "owner",
      ...nameFields(owner.name),
      handle: await makeHandle(tx, organization.id, owner.name),
    },
  });
  for (const room of defaultRooms) {
    if (room.joinsEveryone || rooms.includes(room.name)) await makeRoom(tx, organization.id, person.id, room);
  }
  return { organization, person };
}
