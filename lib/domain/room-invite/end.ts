import type { RoomInvite } from "@/lib/contract/room-invite";
import { Prisma, type Tx } from "@/lib/server/db";
import type { Announce } from "@/lib/server/handler";
import { endRoomInvites } from "./announce";
import { type RoomInviteRow, toRoomInvite } from "./to-room-invite";

/** Ends one invite if it is pending. Returns the invite as `readerId` receives it. */
export async function endRoomInvite(
  tx: Tx,
  announce: Announce,
  row: RoomInviteRow,
  state: "declined" | "withdrawn",
  readerId: string,
): Promise<RoomInvite> {
  await endRoomInvites(tx, announce, Prisma.sql`i.id = ${row.id}::uuid`, state);
  return toRoomInvite({ ...row, state }, readerId);
}
