import { type IRateLimiterPostgresOptions, RateLimiterPostgres } from "rate-limiter-flexible";
import { inBatches } from "./batches";
import { once } from "./once";
import { pool } from "./pool";

/** Points to add to a counter. If the counter has expired or is new, it starts at zero and expires at `expiresAt`. */
interface Addition {
  key: string;
  points: number;
  /** In ms since 1970. */
  expiresAt: number;
}

/** A row of the table of counters. Postgres sends `expire`, in ms since 1970, as text. */
interface Counter {
  points: number;
  expire: string;
}

/**
 * A counter counts as expired, too, if it would last a minute longer than a new one: then the clock was put back since it began. The
 * clocks of the processes differ by less.
 *
 * Ordered by key, so that the statements of two processes cannot deadlock.
 */
const hasExpired = "(l.expire <= $4 OR l.expire > excluded.expire + 60000)";
const addText = `
  INSERT INTO "parley_moment"."limits" AS l (key, points, expire)
  SELECT key, sum(points), max("expiresAt") FROM unnest($1::text[], $2::int[], $3::bigint[]) AS g(key, points, "expiresAt")
  GROUP BY key ORDER BY key
  ON CONFLICT (key) DO UPDATE SET
    points = CASE WHEN ${hasExpired} THEN excluded.points ELSE l.points + excluded.points END,
    expire = CASE WHEN ${hasExpired} THEN excluded.expire ELSE l.expire END
  RETURNING key, points, expire`;

/** Adds all points in one statement. Returns, for each addition, the counter after this addition. */
async function addAll(additions: Addition[]): Promise<Counter[]> {
  const values = [
    additions.map(({ key }) => key),
    additions.map(({ points }) => points),
    additions.map(({ expiresAt }) => expiresAt),
    Date.now(),
  ];
  const { rows } = await pool().query<Counter & { key: string }>({ name: "add-points", text: addText, values });
  const counters = new Map(rows.map(({ key, points, expire }) => [key, { points, expire }]));
  // The database returns only the final count of each key. To get the count after each addition, go backwards and subtract.
  return additions
    .toReversed()
    .map(({ key, points }) => {
      const counter = counters.get(key) as Counter;
      counters.set(key, { ...counter, points: counter.points - points });
      return counter;
    })
    .toReversed();
}

const add = () => once("shared-limits", () => inBatches(addAll));

/** Counters in Postgres that all processes share. Requests that arrive at the same time share one statement. */
export class SharedLimits extends RateLimiterPostgres {
  constructor(options: Omit<IRateLimiterPostgresOptions, "storeClient">) {
    const table = { schemaName: "parley_moment", tableName: "limits", tableCreated: true, clearExpiredByTimeout: true };
    super({ ...options, ...table, storeClient: pool() });
  }

  /** The library calls this method to add points, and takes the new count from the first row of the result. */
  async _upsert(key: string, points: number, ms: number, isForced: boolean): Promise<{ rows: Counter[] }> {
    if (isForced) throw new Error("A shared counter cannot be set, only added to.");
    return { rows: [await add()({ key, points, expiresAt: Date.now() + ms })] };
  }
}
