// Reads the list of tables from the database, so that backups include tables of later migrations.

const TABLES = `
  SELECT c.relname AS name,
    (SELECT json_agg(json_build_object('name', attname, 'type', format_type(atttypid, atttypmod)) ORDER BY attnum)
     FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '') AS columns,
    (SELECT json_agg(json_build_object('name', a.attname, 'collated', a.attcollation <> 0) ORDER BY k.place)
     FROM pg_index i, unnest(i.indkey) WITH ORDINALITY AS k (attnum, place), pg_attribute a
     WHERE i.indrelid = c.oid AND i.indisprimary AND a.attrelid = c.oid AND a.attnum = k.attnum) AS key
  FROM pg_class c
  WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND c.relname <> '_prisma_migrations'
  ORDER BY c.relname COLLATE "C"`;

const FOREIGN_KEYS = `
  SELECT k.conname AS name, t.relname AS table, r.relname AS referenced, pg_get_constraintdef(k.oid) AS definition,
    (SELECT json_agg(json_build_array(a.attname, b.attname) ORDER BY p.place)
     FROM unnest(k.conkey, k.confkey) WITH ORDINALITY AS p (own, other, place)
       JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = p.own
       JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = p.other) AS pairs
  FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid JOIN pg_class r ON r.oid = k.confrelid
  WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace
  ORDER BY t.relname COLLATE "C", k.conname COLLATE "C"`;

const MAX_BATCH_LINES = 500;

export const quote = (name) => `"${name.replaceAll('"', '""')}"`;

/** Every table except the list of migrations: [{ name, columns: [{ name, type }], key: [{ name, collated }] }]. */
export async function readTables(client) {
  return (await client.query(TABLES)).rows;
}

/** Every foreign key: [{ name, table, referenced, definition, pairs: [[own column, referenced column]] }]. */
export async function readForeignKeys(client) {
  return (await client.query(FOREIGN_KEYS)).rows;
}

/** Sets the settings that affect values as text, so that every PostgreSQL server produces the same text. */
export async function fixTextFormats(client) {
  await client.query("SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'iso_8601'");
  await client.query("SET bytea_output = 'hex'; SET extra_float_digits = 1; SET statement_timeout = 0");
  await client.query("SET idle_in_transaction_session_timeout = 0"); // if the disk is slow, the transaction must stay open
}

/**
 * Yields the rows of a table in batches of lines. A line is a JSON array with the text form of each value. (row_to_json would
 * not distinguish the JSON value null from SQL's NULL.) Call it in a transaction, for one table at a time.
 */
export async function* rowLines(client, { name, key }, columns) {
  const texts = columns.map((column) => `${quote(column)}::text`).join(", ");
  // Restoring on another machine compares hashes, so the order must not depend on the machine's locale.
  const order = key.map((column) => quote(column.name) + (column.collated ? ' COLLATE "C"' : "")).join(", ");
  await client.query(`DECLARE lines NO SCROLL CURSOR FOR
    SELECT array_to_json(ARRAY[${texts}])::text FROM ${quote(name)} ORDER BY ${order}`);
  while (true) {
    const { rows } = await client.query({ text: `FETCH ${MAX_BATCH_LINES} FROM lines`, rowMode: "array" });
    if (rows.length === 0) break;
    yield rows.map(([line]) => line);
  }
  await client.query("CLOSE lines");
}

/** Inserts lines from `rowLines`. The types come from the database. The lines are passed as a parameter, never as SQL. */
export async function insertLines(client, table, columns, lines) {
  const types = new Map(table.columns.map(({ name, type }) => [name, type]));
  const values = columns.map((column, at) => `(line->>${at})::${types.get(column)}`).join(", ");
  await client.query(
    `INSERT INTO ${quote(table.name)} (${columns.map(quote).join(", ")})
     SELECT ${values} FROM json_array_elements($1::json) AS lines (line)`,
    [`[${lines.join(",")}]`],
  );
}
