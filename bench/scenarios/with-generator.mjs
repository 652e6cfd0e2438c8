import { startGenerator } from "../generator/start.mjs";

/** Does something with a generator of its own. */
export async function withGenerator(work) {
  const generator = await startGenerator();
  try {
    return await work(generator);
  } finally {
    await generator.stop();
  }
}

/** The same with Parley's rooms of so many members, everybody connected. Faults of the checks it asks for are `told`. */
export const withCrowd = (running, rooms, members, work) =>
  withGenerator(async (generator) => {
    const crowd = await running.crowd(rooms, members);
    await generator.ask("gather", { system: "Parley", crowd, databaseUrl: running.databaseUrl });
    const result = await work(generator);
    await generator.ask("close");
    return result;
  });
