import { randomBytes } from "node:crypto";

/** A JSON schema, as far as samples need it. */
export interface Schema {
  type?: string | string[];
  format?: string;
  default?: unknown;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  minimum?: number;
}

const randomText = () => randomBytes(6).toString("hex");

/** A value for a field, derived from its schema. `idOf` has the ids of what exists. Undefined leaves the field out. */
export function valueOf(
  field: string,
  schema: Schema,
  name: string,
  idOf: (field: string) => string | undefined,
): unknown {
  // A cursor. Without one, a list begins at its first page.
  if (field === "after") return undefined;
  if (schema.default !== undefined && schema.type !== "array") return schema.default;
  if (Array.isArray(schema.type)) return valueOf(field, { ...schema, type: schema.type[0] ?? "" }, name, idOf);
  if (schema.anyOf) return valueOf(field, schema.anyOf[0] as Schema, name, idOf);
  if (schema.enum) return schema.enum[0];
  if (schema.const !== undefined) return schema.const;
  if (schema.format === "uuid") {
    const id = idOf(field);
    if (!id) throw new Error(`Add the field ${field} of ${name} to idsByField in tests/harness/samples.ts.`);
    return id;
  }
  if (schema.type === "array") return [valueOf(field.replace(/s$/, ""), schema.items ?? {}, name, idOf)];
  if (schema.type === "object") {
    const inner = Object.entries(schema.properties ?? {});
    return Object.fromEntries(inner.map(([key, value]) => [key, valueOf(key, value, name, idOf)]));
  }
  if (schema.type === "integer") return Math.max(1, schema.minimum ?? 1);
  if (schema.type === "boolean") return true;
  return field === "email" ? `${randomText()}@example.org` : `New ${randomText()}`;
}
