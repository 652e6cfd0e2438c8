import { batchOf } from "../generator/frames.mjs";
import { textOf } from "../generator/text.mjs";
import { connect, read } from "./connection.mjs";

/** Connects a member of one room as a browser does. */
export async function open(member, ledger) {
  const { room, url, cookie, epoch } = member;
  const connection = await connect(
    { url, cookie },
    {
      event(name, bytes) {
        if (name === "frame") ledger.receive(member, batchOf(room, bytes, ledger, read));
      },
      lost: (why) => ledger.fault(`A member lost the connection: ${why}.`),
    },
  );
  await connection.ask("sync", { rooms: { [room.id]: member.at }, me: 0, epoch });
  return {
    close: connection.close,
    /** Reacts to a message, or takes the reaction back. Resolves at the acknowledgement. */
    react: (messageId, isGiven) =>
      connection.ask(isGiven ? "reaction.add" : "reaction.remove", { messageId, emoji: "🎉" }),
    send(id, { replyToId, handle } = {}) {
      connection.emit("message.send", { roomId: room.id, id, body: textOf(id, handle), replyToId }, (bytes) => {
        if (bytes.includes('"ok":true')) ledger.acknowledged(id);
        else ledger.fault(`A send was refused: ${bytes.toString("utf8")}.`);
      });
    },
  };
}

/** The messages stored in a room from this place on. */
export async function stored(client, room, place) {
  const text = `SELECT id, seq - 1 AS place FROM "Message" WHERE "roomId" = $1 AND seq > $2 ORDER BY seq`;
  return (await client.query(text, [room.id, place])).rows;
}
