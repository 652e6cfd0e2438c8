import { startGenerator } from "../generator/start.mjs";

/** Runs `work` with a generator, which is stopped afterwards. */
export async function withGenerator(work) {
  const generator = await startGenerator();
  try {
    return await work(generator);
  } finally {
    await generator.stop();
  }
}

/** The same, with everybody connected to `rooms` rooms of `members` members. */
export const withCrowd = (running, rooms, members, work) =>
  withGenerator(async (generator) => {
    const crowd = await running.crowd(rooms, members);
    await generator.ask("gather", { system: "Parley", crowd, databaseUrl: running.databaseUrl });
    const result = await work(generator);
    await generator.ask("close");
    return result;
  });
