/**
 * At the start of every server bundle of the checker: an IPC message moves the clock of the process (see tests/chaos/fleet.ts). As when
 * the clock of a machine is set, timers and `performance.now()` stay right.
 */
export const clockBanner = `{
  const rightNow = Date.now;
  let offMs = 0;
  process.on("message", (message) => { if (message && "clockOffMs" in message) offMs = message.clockOffMs; });
  Date.now = () => rightNow() + offMs;
  globalThis.Date = new Proxy(Date, {
    construct: (target, args, made) => Reflect.construct(target, args.length > 0 ? args : [target.now()], made),
  });
  Date.prototype.constructor = Date;
}`;
