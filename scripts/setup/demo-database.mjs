import path from "node:path";
import { openCheckout } from "./checkout.mjs";
import { generate } from "./generate.mjs";
import { installDependencies } from "./install.mjs";
import { showProgress } from "./progress.mjs";
import { run } from "./run.mjs";

const root = path.join(import.meta.dirname, "../..");

/** Starts a temporary database with the data of prisma/seed.ts. Returns { url, password, stop() }: all people have `password`. */
export async function startDemoDatabase({ messages = 20_000 } = {}) {
  const { log, done } = showProgress();
  const checkout = openCheckout(root, "npm run demo", log);
  await checkout.change(async () => {
    await installDependencies(checkout, log);
    await generate(checkout, log);
    await checkout.use(["node_modules", "lib/generated"]);
  });
  const { startTemporaryPostgres } = await import("./temporary-postgres.mjs");
  const { migrate } = await import("../migrate.mjs");
  const postgres = await startTemporaryPostgres({ log });
  try {
    await migrate(postgres.url, log);
    log("Writing a month of messages");
    await run(process.execPath, ["node_modules/tsx/dist/cli.mjs", "prisma/seed.ts"], {
      cwd: root,
      // The seed uses code of the server that needs all settings. It does not use the secret.
      env: {
        ...process.env,
        DATABASE_URL: postgres.url,
        AUTH_SECRET: "The seed signs nothing with this.",
        SEED_MESSAGES: String(messages),
      },
      sentence: "Writing the demo failed. See above.",
    });
    done();
    return { ...postgres, password: "parley demo password" };
  } catch (error) {
    done();
    await postgres.stop();
    throw error;
  }
}
