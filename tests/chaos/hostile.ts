// An attacker who is signed in. Their packets must neither crash a process nor reach anybody.
import { connect } from "node:net";
import { io } from "socket.io-client";
import { loginOf } from "../harness/login";
import { between, type Dice, pick, type Run } from "./run-state";

const attacks: ((emit: (...words: unknown[]) => void) => void)[] = [
  (emit) => emit("message.send", { roomId: "x".repeat(40_000), body: "too large" }, () => {}),
  (emit) => emit("no.such.operation", {}, () => {}),
  (emit) => emit("message.send", { roomId: { not: "" }, body: { startsWith: "a" } }, () => {}),
  (emit) => emit("message.send", { body: "without an acknowledgement" }),
  (emit) => emit("sync", JSON.parse(`{"rooms":{"__proto__":{"a":1}},"me":-1,"epoch":[]}`), () => {}),
  (emit) => emit("message.send", Buffer.alloc(1_000), () => {}),
  (emit) => emit("home.show", JSON.parse(`${"[".repeat(1_000)}${"]".repeat(1_000)}`), () => {}),
  (emit) => {
    for (let n = 0; n < 30; n++) emit("room.read", { upToSeq: "many" }, () => {});
  },
];

const garbage = [
  "\u0000\u0001\u0002",
  "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nUpgrade: websocket\r\n\r\n",
  "POST / HTTP/1.1\r\n",
];

export async function hostilities(run: Run, dice: Dice): Promise<(() => void) | undefined> {
  const attacker = pick(run.teams, dice[0])?.owner;
  const port = run.fleet.next();
  if (!attacker || port === null) return;
  // No tab uses this session, so no tab is affected when the socket is closed.
  const { cookie } = await loginOf({ url: run.fleet.url }, { sessionId: attacker.sessionId });
  const socket = io(`http://127.0.0.1:${port}`, {
    path: "/socket.io/",
    transports: ["websocket"],
    reconnection: false,
    forceNew: true,
    extraHeaders: { origin: run.fleet.url, cookie },
  });
  socket.on("connect", () => pick(attacks, dice[1])?.((...words) => socket.emit(...(words as [string]))));
  const raw = connect(port, "127.0.0.1");
  raw.on("error", () => {}).on("connect", () => raw.write(garbage[between(0, garbage.length - 1, dice[2])] ?? ""));
  return () => {
    socket.disconnect();
    raw.destroy();
  };
}
