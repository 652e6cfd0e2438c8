// Code that is added to the source while it is bundled for the checker. The files themselves never change. Each entry contains the
// exact text to replace.

/** The points at which a process can be killed (see tests/chaos/faults-process.ts). `parleyDies` is defined below. */
export const killPoints = [
  {
    in: "lib/domain/message/append-statement.ts",
    text: `const { rows } = await pool().query<Row>(query);`,
    with: `const result = pool().query<Row>(query);
  (globalThis as any).parleyDies?.("in the transaction", 1);
  const { rows } = await result;
  (globalThis as any).parleyDies?.("after commit");`,
  },
  {
    in: "lib/server/execute.ts",
    text: `await writeTicks(tx);
    return { data };`,
    with: `await writeTicks(tx);
    if (handler.mode === "write") (globalThis as any).parleyDies?.("in the transaction");
    return { data };`,
  },
  {
    in: "lib/server/execute.ts",
    text: `intent ? runOnce(tx, intent, () => runHandler(tx)) : runHandler(tx),
  );`,
    with: `intent ? runOnce(tx, intent, () => runHandler(tx)) : runHandler(tx),
  );
  if (handler.mode === "write") (globalThis as any).parleyDies?.("after commit");`,
  },
  {
    in: "lib/server/socket.ts",
    text: `(ack as (reply: Answer<unknown>) => void)(reply);`,
    with: `(ack as (reply: Answer<unknown>) => void)(reply);
        if (name === "message.send" && reply.ok) (globalThis as any).parleyDies?.("after acknowledging", 0);`,
  },
];

/** The first lines of every server bundle. `parleyDies(point, ms)` kills the process if an IPC message chose this point. */
export const deathBanner = `{
  let dieAt = null;
  process.on("message", (message) => { if (message && "dieAt" in message) dieAt = message.dieAt; });
  globalThis.parleyDies = (point, ms) => {
    if (point !== dieAt) return;
    const die = () => process.kill(process.pid, "SIGKILL");
    if (ms === undefined) die();
    else setTimeout(die, ms);
  };
}`;
