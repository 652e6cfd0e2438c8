// Parley as `npm start` runs it: the production build, pages included.
import { randomBytes } from "node:crypto";
import path from "node:path";
import { migrate } from "../../scripts/migrate.mjs";
import { connect } from "../../scripts/setup/database.mjs";
import { freePortFor } from "../../scripts/setup/ports.mjs";
import { startProgram } from "../program.mjs";
import { makeOrganization, makeRooms } from "./people.mjs";

/** A benchmark's senders send more than one person is allowed to. */
export const LIMIT_FACTOR = 1_000;

/**
 * Starts `servers` processes on their own database; `inspected` opens Node's inspector. `settings` are environment variables
 * that override the benchmark's own. Resolves to { urls, pids, client, databaseUrl, inspectorPort, ended, organization(), crowd(), stop() }.
 */
export async function startParley(
  { root, database, folder },
  name,
  { servers = 1, inspected = false, settings = {} } = {},
) {
  const databaseUrl = await database.create(name);
  await migrate(databaseUrl);
  const client = await connect(databaseUrl);
  const authSecret = randomBytes(32).toString("base64url");
  const running = [];
  async function stop() {
    await Promise.all(running.map((server) => server.stop()));
    await client.end();
  }
  const urls = [];
  const inspectorPort = inspected && (await freePortFor(`${folder}/${name}/inspector`));
  const nodeOptions = inspected ? [`--inspect=127.0.0.1:${inspectorPort}`] : [];
  try {
    for (let number = 1; number <= servers; number++) {
      const port = await freePortFor(`${folder}/${name}/${number}`);
      const url = `http://127.0.0.1:${port}`;
      const args = [...nodeOptions, "--enable-source-maps", "--no-deprecation", process.env.PARLEY_SERVER_OUT];
      const env = {
        NODE_ENV: "production",
        PORT: String(port),
        HOST: "127.0.0.1",
        PUBLIC_URL: url,
        DATABASE_URL: databaseUrl,
        AUTH_SECRET: authSecret,
        DATA_DIR: path.join(folder, name),
        LIMIT_FACTOR: String(LIMIT_FACTOR),
        ...settings,
      };
      running.push(await startProgram(process.execPath, args, { env, cwd: root }));
      urls.push(url);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  const sign = { authSecret, cookie: await sessionCookie(urls[0]) };
  const organization = (count) => makeOrganization(client, count, sign);
  return {
    urls,
    pids: running.map(({ pid }) => pid),
    client,
    databaseUrl,
    inspectorPort,
    /** Resolves when a server exits. */
    ended: Promise.race(running.map((server) => server.ended)),
    output: () => running.map((server) => server.output()).join("\n"),
    organization,
    stop,
    /** Creates rooms with this many members each. Everybody is in one room; members are spread evenly over the servers. */
    async crowd(rooms, members) {
      const crowd = await organization(rooms * members);
      const groups = Array.from({ length: rooms }, (_, at) => crowd.people.slice(at * members, (at + 1) * members));
      const ids = await makeRooms(client, crowd, groups);
      return groups.map((group, at) => ({
        roomId: ids[at],
        members: group.map(({ id, cookie }, place) => ({
          url: urls[place % urls.length],
          cookie,
          epoch: crowd.epoch,
          handle: handleOf(id),
        })),
      }));
    },
  };
}

/** The handle that `makeOrganization` gives to a person. */
const handleOf = (id) => `m${id.replaceAll("-", "").slice(2)}`;

/** The server's name for the session cookie. */
async function sessionCookie(url) {
  const { components } = await (await fetch(`${url}/api/openapi.json`)).json();
  return components.securitySchemes.session.name;
}
