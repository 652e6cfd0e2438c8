import { z } from "zod";
import { Time } from "@/lib/contract/operation";
import { Prisma } from "@/lib/server/db";

/** A kind of row that clients receive. Its columns and its JSON form are derived from its schema in the contract. */
export interface RowKind<T> {
  /** SQL: the fields that clients receive of the row `alias`, each under its own name. */
  columns: Prisma.Sql;
  /** SQL: the table columns behind these fields, without expressions. For subqueries of a query that selects `columns`. */
  stored: Prisma.Sql;
  /** For Prisma: the same fields. */
  select: { [K in keyof T]: true };
  /** Converts a row of `columns`, or a Prisma row with the same field names. */
  fromRow: (row: Record<keyof T, unknown>) => T;
  /** Converts a row of `columns` that Postgres has encoded as JSON. Its times are text in the format of Postgres. */
  fromJson: (row: T) => T;
}

const isTime = (schema: unknown) =>
  schema === Time || (schema instanceof z.ZodNullable && (schema.unwrap() as unknown) === Time);
// oxlint-disable-next-line no-restricted-properties -- the text is from our own schemas, at the start
const fixedSql = (parts: string[]): Prisma.Sql => Prisma.raw(parts.join(", "));
const toIso = (value: unknown) => (value instanceof Date ? value.toISOString() : value);

/**
 * Declares a kind of row. Each field is the column with its name in the table `alias`, unless `expressions` has SQL for the
 * field. If the column is null, the field gets its value from `absent`.
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
