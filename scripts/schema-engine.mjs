// Runs Prisma's schema engine as WebAssembly. The Prisma command line would download a native engine.
import { readFileSync } from "node:fs";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as glue from "@prisma/schema-engine-wasm/schema_engine_bg";
import { PlainError } from "./setup/plain-error.mjs";

/** The SQL that makes the database match the schema file, or "" if they match. */
export async function diffSql(databaseUrl, schemaFile) {
  await loadEngine();
  const schema = { path: schemaFile, content: readFileSync(schemaFile, "utf8") };
  const factory = bindMigrationAwareSqlAdapterFactory(new CatalogueAdapter({ connectionString: databaseUrl }));
  let engine;
  try {
    engine = await glue.SchemaEngine.new({ datamodels: [[schema.path, schema.content]] }, () => {}, factory);
    const { stdout, exitCode } = await engine.diff({
      // "schemaDatasource" is the database itself. The engine reads it through the adapter and ignores the file's content.
      from: { tag: "schemaDatasource", files: [schema], configDir: path.dirname(schemaFile) },
      to: { tag: "schemaDatamodel", files: [schema] },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    });
    return exitCode === 0 ? "" : stdout;
  } catch (error) {
    throw error.code === "P1012" ? new PlainError(error.message) : error; // the schema file has a mistake in it
  } finally {
    engine?.free();
  }
}

async function loadEngine() {
  const file = new URL("./schema_engine_bg.wasm", import.meta.resolve("@prisma/schema-engine-wasm/schema_engine_bg"));
  const { instance } = await WebAssembly.instantiate(readFileSync(file), { "./schema_engine_bg.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}

const ENGINE_CHARACTER = 6;
const ENGINE_CHARACTER_ARRAY = 70;
const OID = { char: 18, charArray: 1002, nameArray: 1003, text: 25, textArray: 1009 };

/** PrismaPg refuses some column types of the system catalogue. This adapter reads them as text and reports them as characters. */
class CatalogueAdapter extends PrismaPg {
  async connect() {
    return readCatalogueTypes(await super.connect());
  }
}

function readCatalogueTypes(connection) {
  const performIO = connection.performIO.bind(connection);
  const queryRaw = connection.queryRaw.bind(connection);
  let characters = new Map();
  connection.performIO = async (query) => {
    const result = await performIO(query);
    characters = new Map();
    for (const [index, field] of (result.fields ?? []).entries()) {
      if (field.dataTypeID === OID.char) characters.set(index, ENGINE_CHARACTER);
      if (field.dataTypeID === OID.charArray) characters.set(index, ENGINE_CHARACTER_ARRAY);
      if (field.dataTypeID === OID.char) field.dataTypeID = OID.text;
      if (field.dataTypeID === OID.charArray || field.dataTypeID === OID.nameArray) field.dataTypeID = OID.textArray;
    }
    return result;
  };
  connection.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const [index, type] of characters) result.columnTypes[index] = type;
    return result;
  };
  return connection;
}
