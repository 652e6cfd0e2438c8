// Writes the schemas of the contract as types in words, for docs/protocol.md: the events, and what every operation takes and
// answers. The comments are those of the contract's files.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { Operation } from "@/lib/contract/operation";
import { comments } from "./comments";

interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  propertyNames?: Schema;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
}

/** The contract's exports by name. Schemas among them keep their names in the document. */
export type Exports = Record<string, unknown>;

const contract = path.resolve(import.meta.dirname, "../../lib/contract");
const sources = readdirSync(contract)
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
  .map((file) => readFileSync(path.join(contract, file), "utf8"));
const commentsOf = comments(sources.join("\n"));

export function shapes(
  exported: Exports,
  events: Record<string, z.ZodType>,
  operations: Record<string, Operation>,
): string {
  const named = Object.entries(exported).filter((entry): entry is [string, z.ZodType] => entry[1] instanceof z.ZodType);
  const all = Object.values(operations);
  const outputs = all.map(({ name, output }) => [`of ${name}`, output] as const);
  const read = convert([...named, ...Object.entries(events), ...outputs], "output");
  const written = convert([...named, ...all.map(({ name, input }) => [`of ${name}`, input] as const)], "input");
  const used = new Set<string>();
  const inWords = writer((name) => used.add(name));

  const eventLines = Object.keys(events).map((name) => `${name} ${inWords(read.mention(name))}`);
  const operationLines = all.flatMap((operation) => {
    const { name, http, aliases, access, repeat, limit, errors } = operation;
    const input = written.of(`of ${name}`);
    const rest = { ...input, properties: { ...input.properties } };
    delete rest.properties["intentId"];
    const isPublic = access === "public" ? "; public" : "";
    const codes = errors.length > 0 ? `; ${errors.join(", ")}` : "";
    return [
      `${name} ${inWords(rest)} -> ${inWords(read.mention(`of ${name}`))}`,
      `    ${[http, ...aliases].join(", ")}; ${repeat}; ${limit.points} in ${limit.seconds} s${sharing(operation)}${isPublic}${codes}`,
    ];
  });
  // A type can use others, which are then printed too.
  const types = new Map<string, string>();
  for (const name of used) {
    const schema = read.of(name);
    types.set(name, typeLines(name, schema, inWords));
  }
  const printed = [...types].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
  return [
    "### Events from the server",
    code(eventLines),
    "### Operations, the events from the client",
    code(operationLines),
    "### Types",
    code(printed),
  ].join("\n\n");
}

const code = (lines: readonly string[]): string => ["```", ...lines, "```"].join("\n");
const sharing = ({ name, limit }: Operation): string => (limit.name === name ? "" : ` as ${limit.name}`);

/** JSON Schemas by name, in which schemas are references to each other. */
function convert(schemas: Iterable<readonly [string, z.ZodType]>, io: "input" | "output") {
  const registry = z.registry<{ id: string }>();
  const names = new Map<string, string>();
  for (const [id, schema] of schemas) {
    if (!registry.has(schema)) registry.add(schema, { id });
    names.set(id, registry.get(schema)?.id ?? id);
  }
  const converted = z.toJSONSchema(registry, { io, unrepresentable: "any", uri: (id) => id }).schemas;
  return {
    of: (name: string) => converted[name] as Schema,
    /** The schema, or a reference if it has another name, too. */
    mention(id: string): Schema {
      const name = names.get(id) ?? id;
      return name === id ? (converted[id] as Schema) : { $ref: name };
    },
  };
}

/** `onName` is called with the name of each type that is mentioned. */
function writer(onName: (name: string) => void) {
  const write = (schema: Schema): string => {
    if (schema.$ref) {
      onName(schema.$ref);
      return schema.$ref;
    }
    if (schema.const !== undefined) return JSON.stringify(schema.const);
    if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
    const options = schema.anyOf ?? schema.oneOf;
    if (options) return options.map(write).join(" | ");
    if (Array.isArray(schema.type)) return schema.type.map((type) => write({ ...schema, type })).join(" | ");
    if (schema.type === "array")
      return `${bracketed(write(schema.items ?? {}))}[]${range(schema.minItems, schema.maxItems)}`;
    if (schema.type === "object") return writeObject(schema);
    if (schema.type === "string") return textType(schema);
    if (schema.type === "integer" || schema.type === "number") return numberType(schema);
    return schema.type ?? "any";
  };
  const writeObject = (schema: Schema): string => {
    const { additionalProperties: values } = schema;
    if (!schema.properties && typeof values === "object")
      return `{ [${write(schema.propertyNames ?? { type: "string" })}]: ${write(values)} }`;
    const fields = Object.keys(schema.properties ?? {}).map((name) => fieldOf(schema, name, write));
    return fields.length > 0 ? `{ ${fields.join(", ")} }` : "{}";
  };
  return write;
}

const bracketed = (text: string): string => (text.includes(" | ") ? `(${text})` : text);

const fieldOf = ({ properties = {}, required = [] }: Schema, name: string, write: (schema: Schema) => string): string =>
  `${name}${required.includes(name) ? "" : "?"}: ${write(properties[name] as Schema)}`;

const textType = ({ format, minLength, maxLength }: Schema): string =>
  format === "date-time" ? "time" : format === "uuid" ? "uuid" : `string${range(minLength, maxLength)}`;

/** Zod limits every integer to those that are exact, which is not worth a word. */
const numberType = ({ type, minimum, maximum }: Schema): string => {
  const word = type === "integer" ? "int" : "number";
  const isSafe = (bound?: number) => bound === undefined || Math.abs(bound) === Number.MAX_SAFE_INTEGER;
  return word + range(isSafe(minimum) ? undefined : minimum, isSafe(maximum) ? undefined : maximum);
};

const range = (from?: number, to?: number): string =>
  from === undefined && to === undefined ? "" : `(${from ?? ""}..${to ?? ""})`;

/** A type with the comments of the contract. */
function typeLines(name: string, schema: Schema, write: (schema: Schema) => string): string {
  const { own, ofFields } = commentsOf(name);
  const head = own.map((line) => `// ${line}`);
  const options = schema.anyOf ?? schema.oneOf;
  if (options && options.length > 1)
    return [...head, `${name} =`, ...options.map((each) => `  | ${write(each)}`)].join("\n");
  if (schema.type !== "object" || !schema.properties) return [...head, `${name} = ${write(schema)}`].join("\n");
  const fields = Object.keys(schema.properties).flatMap((field) => {
    const lines = (ofFields[field] ?? []).map((line) => `  // ${line}`);
    return [...lines, `  ${fieldOf(schema, field, write)}`];
  });
  return [...head, `${name} = {`, ...fields, "}"].join("\n");
}
