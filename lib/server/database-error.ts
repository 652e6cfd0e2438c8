/**
 * What a database error says it is: the codes of Prisma, Postgres and the network, and the kind that Prisma's driver adapter gives
 * it. Prisma wraps one error in another, and for a raw query only the inner one says that the database is unreachable.
 */
export function codesOf(error: unknown): string[] {
  const codes: unknown[] = [];
  for (let each = error, depth = 0; each instanceof Object && depth < maxDepth; depth++) {
    const { code, originalCode, kind, meta, cause } = each as Layer;
    codes.push(code, originalCode, kind);
    each = meta?.driverAdapterError ?? cause;
  }
  return [...new Set(codes.filter((code) => typeof code === "string"))];
}

/** One of the errors that wrap each other. */
interface Layer {
  code?: unknown;
  originalCode?: unknown;
  kind?: unknown;
  meta?: { driverAdapterError?: unknown };
  cause?: unknown;
}
const maxDepth = 5;

/**
 * Postgres: 08 no connection, 25006 a read-only standby, 25P03 and 25P04 a transaction that took too long, 28 and 3D000 the login or
 * the database was refused, 53 too few resources (disk, connections), 55P03 lock not available, 57 shut down or cancelled, 58
 * failures of its machine.
 */
const ofPostgres = /^(08\w{3}|25006|25P0[34]|28\w{3}|3D000|53\w{3}|55P03|57\w{3}|58\w{3})$/;
const ofPrisma = /^P(1000|1001|1002|1003|1008|1010|1011|1017|2024|2028|2037)$/;
const ofAdapter =
  /^(DatabaseNotReachable|ConnectionClosed|SocketTimeout|TooManyConnections|TlsConnectionError|AuthenticationFailed|DatabaseAccessDenied|DatabaseDoesNotExist)$/;
const ofNetwork =
  /^(E(CONN\w+|PIPE|TIMEDOUT|HOSTUNREACH|HOSTDOWN|NETUNREACH|NETDOWN|NOTFOUND|AI_AGAIN|ADDRNOTAVAIL)|ERR_STREAM_(DESTROYED|WRITE_AFTER_END))$/;
/** The errors that have only a text: the driver's own, and Node's and Prisma's of a connection that has closed. */
const texts =
  /Query read timeout|timeout expired|timeout exceeded when trying to connect|Connection ?terminated|ConnectionClosed|closed the connection|is not queryable|message from backend|SSL connection|after calling end on the pool|ended by the other party|terminating connection|the database system is|ECONN|EPIPE|ETIMEDOUT/i;

/** Whether the database cannot be reached or cannot answer now. Then a client may try again, and nothing is wrong with the code. */
export function isUnavailable(error: unknown): boolean {
  const isOutage = (code: string) => [ofPostgres, ofPrisma, ofAdapter, ofNetwork].some((codes) => codes.test(code));
  return codesOf(error).some(isOutage) || texts.test((error as { message?: string } | null)?.message ?? "");
}

/** Whether a retry of the transaction is likely to succeed: it failed because of a deadlock or a serialization failure. */
export function isRetryable(error: unknown): boolean {
  return codesOf(error).some((code) => /^(P2034|40001|40P01|TransactionWriteConflict)$/.test(code));
}

/** The unique constraint that an error says is violated, as JSON text. Null for other errors. */
export function violatedConstraint(error: unknown): string | null {
  const { code, meta } = (error ?? {}) as {
    code?: string;
    meta?: { driverAdapterError?: { cause?: { constraint?: unknown } } };
  };
  if (code !== "P2002") return null;
  return JSON.stringify(meta?.driverAdapterError?.cause?.constraint ?? "");
}
