// A browser's connection to Parley on the wire (Engine.IO 4, Socket.IO 5), with as little work as possible.
import { WebSocket } from "ws";

const [DIGIT_2, DIGIT_0, DIGIT_1, DIGIT_3, DIGIT_4] = Buffer.from("20134");
const PING = DIGIT_2;
const MESSAGE = DIGIT_4;
const EVENT_START = '42["'.length;

/**
 * Connects with a cookie. `handlers.event(name, bytes)` gets every event unparsed; `read` parses it. `handlers.lost(why)` is
 * called if the connection ends without `close`. Resolves after the server's `ready` to { ready, ask, emit, pause, close }.
 */
export function connect({ url, cookie, from, headers = {} }, handlers) {
  const socket = new WebSocket(`${url.replace(/^http/, "ws")}/socket.io/?EIO=4&transport=websocket`, {
    headers: { cookie, origin: url, ...headers },
    perMessageDeflate: false,
    skipUTF8Validation: true,
    localAddress: from,
  });
  const waiting = new Map();
  let lastNumber = 0;
  let closing = false;

  /** `answered(bytes)` gets the acknowledgement unparsed; `abandoned` is called if the connection ends before it. */
  function emit(name, input, answered, abandoned) {
    const number = lastNumber++;
    waiting.set(number, { answered, abandoned });
    socket.send(`42${number}${JSON.stringify([name, input])}`);
  }
  const ask = (name, input) =>
    new Promise((resolve, reject) => {
      const answered = (bytes) => {
        const [answer] = JSON.parse(bytes.toString("utf8", bytes.indexOf("[")));
        if (answer.ok) resolve(answer.data);
        else reject(new Error(`${name} was refused: ${JSON.stringify(answer.error)}`));
      };
      emit(name, input, answered, (why) => reject(new Error(why)));
    });
  function close() {
    closing = true;
    socket.terminate();
  }

  return new Promise((resolve, reject) => {
    function lost(why) {
      reject(new Error(why));
      for (const { abandoned } of waiting.values()) abandoned?.(why);
      waiting.clear();
      if (!closing) handlers.lost(why);
      closing = true;
    }
    socket.on("error", (error) => lost(error.message));
    socket.on("close", (code) => lost(`closed with ${code}`));
    socket.on("message", (/** @type {Buffer} */ bytes) => {
      if (bytes[0] === PING) return socket.send("3");
      if (bytes[0] === DIGIT_0) return socket.send("40");
      if (bytes[0] !== MESSAGE) return;
      if (bytes[1] === DIGIT_3) {
        const number = Number.parseInt(bytes.toString("latin1", 2, 12), 10);
        waiting.get(number)?.answered(bytes);
        waiting.delete(number);
      } else if (bytes[1] === DIGIT_2) {
        const name = bytes.toString("latin1", EVENT_START, bytes.indexOf('"', EVENT_START));
        if (name === "ready") resolve({ ready: read(bytes), ask, emit, pause: () => socket.pause(), close });
        else handlers.event(name, bytes);
      } else if (bytes[1] === DIGIT_1 || bytes[1] === DIGIT_4) lost(`told to disconnect: ${bytes.toString("utf8")}`);
    });
  });
}

/** The content of an event. */
export const read = (bytes) => JSON.parse(bytes.toString("utf8", 2))[1];
