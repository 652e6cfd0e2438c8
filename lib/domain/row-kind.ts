import { z } from "zod";
import { Time } from "@/lib/contract/operation";
import { Prisma } from "@/lib/server/db";

/** A kind of row that clients receive. Its columns, and how they become JSON, follow from its schema in the contract. */
export interface RowKind<T> {
  /** SQL: what clients receive of the row `alias`, each field under its name. */
  columns: Prisma.Sql;
  /** SQL: the columns of the table behind these, unchanged. For queries inside of those that select `columns`. */
  stored: Prisma.Sql;
  /** For Prisma: the same columns. */
  select: { [K in keyof T]: true };
  /** Presents a row of `columns`, or of Prisma with the names of the fields. */
  fromRow: (row: Record<keyof T, unknown>) => T;
  /** Presents a row of `columns` that Postgres has made JSON of. Times are text in another format there. */
  fromJson: (row: T) => T;
}

const isTime = (schema: unknown) =>
  schema === Time || (schema instanceof z.ZodNullable && (schema.unwrap() as unknown) === Time);
// oxlint-disable-next-line no-restricted-properties -- the text is from our own schemas, at the start
const fixedSql = (parts: string[]): Prisma.Sql => Prisma.raw(parts.join(", "));
const toIso = (value: unknown) => (value instanceof Date ? value.toISOString() : value);

/**
 * Declares a kind of row. A field is the column of its name in the table `alias`, unless `expressions` has SQL for it. `absent`
 * has what a field is if its column is null.
 */
export function declareRowKind<S extends z.ZodRawShape>(
  schema: z.ZodObject<S>,
  alias: string,
  expressions: { readonly [K in keyof S]?: string } = {},
  absent: { readonly [K in keyof S]?: unknown } = {},
): RowKind<z.infer<z.ZodObject<S>>> {
  type T = z.infer<z.ZodObject<S>>;
  const fields = Object.keys(schema.shape) as (string & keyof T & keyof S)[];
  const times = fields.filter((field) => isTime(schema.shape[field]));
  const column = (field: string) => `${alias}."${field}"`;
  return {
    columns: fixedSql(fields.map((field) => `${expressions[field] ?? column(field)} AS "${field}"`)),
    stored: fixedSql(fields.map(column)),
    select: Object.fromEntries(fields.map((field) => [field, true])) as RowKind<T>["select"],
    fromRow: (row) =>
      Object.fromEntries(fields.map((field) => [field, toIso(row[field]) ?? absent[field] ?? null])) as T,
    fromJson(row) {
      const json: Record<string, unknown> = { ...row };
      for (const time of times) if (json[time]) json[time] = new Date(json[time] as string).toISOString();
      return json as T;
    },
  };
}
