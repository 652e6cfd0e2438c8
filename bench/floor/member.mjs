import { WebSocket } from "ws";
import { batchOf } from "../generator/frames.mjs";
import { textOf } from "../generator/text.mjs";

const ACKNOWLEDGEMENT = '{"stored":"';
const read = (bytes) => JSON.parse(bytes.toString("utf8"));

/** Connects a member of one room to the floor. */
export async function open(member, ledger) {
  const { room, url, personId } = member;
  const socket = new WebSocket(`${url}/?room=${room.id}&person=${personId}`, {
    perMessageDeflate: false,
    skipUTF8Validation: true,
  });
  let closing = false;
  socket.on("close", (code) => closing || ledger.fault(`A member lost the connection: closed with ${code}.`));
  socket.on("message", (/** @type {Buffer} */ bytes) => {
    if (bytes.toString("latin1", 0, ACKNOWLEDGEMENT.length) !== ACKNOWLEDGEMENT) {
      ledger.receive(member, batchOf(room, bytes, ledger, read));
    } else ledger.acknowledged(bytes.toString("latin1", ACKNOWLEDGEMENT.length, ACKNOWLEDGEMENT.length + 36));
  });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  return {
    send: (id) => socket.send(JSON.stringify({ id, body: textOf(id) })),
    close() {
      closing = true;
      socket.terminate();
    },
  };
}

/** The messages stored in a room from this place on. */
export async function stored(client, room, place) {
  const text = "SELECT id, seq - 1 AS place FROM floor_message WHERE room_id = $1 AND seq > $2 ORDER BY seq";
  return (await client.query(text, [room.id, place])).rows;
}
