// Vitest runs this once, before the first file of the part `whole`.
import type { TestProject } from "vitest/node";
import { type SharedServer, startServer } from "./server";

declare module "vitest" {
  interface ProvidedContext {
    server: SharedServer;
  }
}

export default async function startSharedServer(project: TestProject): Promise<() => Promise<void>> {
  const { url, port, stop, log } = await startServer();
  project.provide("server", { url, port });
  return async () => {
    const code = await stop();
    if (code !== 0) throw new Error(`The shared server ended with ${code}:\n${log()}`);
  };
}
