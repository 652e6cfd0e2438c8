// A member who sends at a fixed rate, whatever the system is doing.
import { uuidv7 } from "uuidv7";
import { connect } from "../parley/connection.mjs";
import { pause } from "./load.mjs";
import { textOf } from "./text.mjs";

const ANSWERED_WITHIN_MS = 15_000;

/**
 * One member sends a message every `everyMs`. Resolves to { took, refused, lost }. `took` holds the ms from the time each message
 * was due to its acknowledgement, or null if it was refused or never answered.
 */
export async function steadily({ person, headers, roomId, everyMs, ms }) {
  const lost = [];
  const connection = await connect({ ...person, headers }, { event() {}, lost: (why) => lost.push(why) });
  const times = Math.floor(ms / everyMs);
  const took = Array.from({ length: times }, () => null);
  const refused = [];
  let answered = 0;
  const began = performance.now();
  for (let time = 0; time < times; time++) {
    const due = began + time * everyMs;
    const early = due - performance.now();
    if (early > 0) await pause(early);
    if (lost.length > 0) break;
    const id = uuidv7();
    connection.emit("message.send", { roomId, id, body: textOf(id) }, (bytes) => {
      answered++;
      if (bytes.includes('"ok":true')) took[time] = performance.now() - due;
      else refused.push(bytes.toString("utf8").slice(0, 200));
    });
  }
  const end = performance.now() + ANSWERED_WITHIN_MS;
  while (answered < times && lost.length === 0 && performance.now() < end) await pause(20);
  connection.close();
  return { took, refused, lost };
}
