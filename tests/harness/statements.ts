// Lists the statements that a server sends to its database.
import { type Gate, gateTo } from "./gate";

export interface StatementList extends Pick<Gate, "url" | "shut"> {
  /**
   * The names of the statements since the last call, or their texts if they have no name. Statements of a transaction are listed when it
   * ends, and those of sweeps are left out.
   */
  take(): string[];
}

/** Whether a statement is one of a sweep, which runs by time, or of the connection to other processes. */
export const isBySweep = (statement: string): boolean =>
  /^(changed-|ended-sessions|seen$|SELECT pg_notify|LISTEN )|"presenceUntil" <= now\(\)/.test(statement);

const begins = (statement: string): boolean => statement === "BEGIN";
const ends = (statement: string): boolean => /^(COMMIT|ROLLBACK)$/.test(statement);
const isFrame = (statement: string): boolean =>
  begins(statement) || ends(statement) || statement.startsWith("SET TRANSACTION");

/** Passes the statements of one connection on, without those of sweeps and without the transactions that hold nothing else. */
function withoutSweeps(onStatement: (statement: string) => void): (statement: string) => void {
  let transaction: string[] | null = null;
  return (statement) => {
    if (begins(statement)) transaction = [];
    const group = transaction ?? [];
    group.push(statement);
    if (transaction && !ends(statement)) return;
    transaction = null;
    const inside = group.filter((each) => !isFrame(each));
    const left = inside.filter((each) => !isBySweep(each));
    if (left.length > 0 || inside.length === 0) for (const each of group) if (!isBySweep(each)) onStatement(each);
  };
}

/** Starts a proxy to the database that lists the statements that pass. */
export async function listStatements(database: string): Promise<StatementList> {
  let statements: string[] = [];
  const { url, shut } = await gateTo(database, () => reader(withoutSweeps((statement) => statements.push(statement))));
  return {
    url,
    shut,
    take() {
      const taken = statements;
      statements = [];
      return taken;
    },
  };
}

/** Reads what one connection sends, as the protocol of Postgres says: a type, a length and a body. The first message has no type. */
function reader(onStatement: (statement: string) => void): (bytes: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let isFirst = true;
  let unnamed = "";
  return (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    for (;;) {
      const start = isFirst ? 0 : 1;
      if (rest.length < start + 4) return;
      const end = start + rest.readInt32BE(start);
      if (rest.length < end) return;
      const type = isFirst ? "" : String.fromCharCode(rest[0] ?? 0);
      const [first = "", second = ""] = rest.toString("latin1", start + 4, end).split("\0");
      [rest, isFirst] = [rest.subarray(end), false];
      // Parse has a name and a text, Bind the names of a portal and of a statement, Query only a text.
      if (type === "P" && first === "") unnamed = second;
      if (type === "B") onStatement(second || unnamed);
      if (type === "Q") onStatement(first);
    }
  };
}
