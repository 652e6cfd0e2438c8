import { PrismaPg } from "@prisma/adapter-pg";
import { Prisma, PrismaClient } from "@/lib/generated/prisma/client";
import { once } from "./once";
import { pool } from "./pool";

/** The one Prisma client of this process. */
export function db(): PrismaClient {
  return once("db", () => {
    const adapter = new PrismaPg(pool());
    return new PrismaClient({ adapter, transactionOptions: { maxWait: 10_000, timeout: 15_000 } });
  });
}

/** The Prisma client, or a transaction of it. */
export type Tx = Prisma.TransactionClient;
export { Prisma };

/** Runs `read` in a transaction whose reads all see the same snapshot. */
export function snapshot<T>(read: (tx: Tx) => Promise<T>): Promise<T> {
  return db().$transaction(read, { isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead });
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

/** Whether a retry of the transaction is likely to succeed: it failed because of a deadlock or a serialization failure. */
export function isRetryable(error: unknown): boolean {
  const { code, message = "" } = (error ?? {}) as { code?: string; message?: string };
  return code === "P2034" || /deadlock detected|could not serialize/i.test(message);
}
