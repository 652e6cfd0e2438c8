import { randomBytes } from "node:crypto";
import { startProgram } from "./program.mjs";

/**
 * Starts a Redis that stores nothing on disk. Pass the result of an earlier call as `at` to reuse its port and password. Resolves
 * to { url, port, pid, password, stop() }.
 */
export async function startRedis(at) {
  const password = at?.password ?? randomBytes(12).toString("hex");
  const withoutStorage = ["--save", "", "--appendonly", "no"];
  const args = ({ port, folder }) => {
    return [
      "--bind",
      "127.0.0.1",
      "--port",
      String(port),
      "--requirepass",
      password,
      "--dir",
      folder,
      ...withoutStorage,
    ];
  };
  const redis = await startProgram("redis-server", args, at);
  return { ...redis, password, url: `redis://:${password}@127.0.0.1:${redis.port}` };
}
