import { nameOrder } from "@/lib/contract/name-order";
import { Prisma, type Tx } from "@/lib/server/db";
import { byName, type AllRows, type SearchableRow, findPage, readPage } from "./page";

/** The columns of a name: the name itself, and the key that lists are sorted by. */
export const nameFields = (name: string) => ({ name, nameOrder: nameOrder(name) });

const tables = { Person: Prisma.sql`"Person"`, Room: Prisma.sql`"Room"`, Group: Prisma.sql`"Group"` };

interface PageRequest {
  query?: string | undefined;
  after?: string | undefined;
  limit: number;
}
type Row = { id: string; nameOrder: string };
type Where = ReturnType<typeof byName.after> | { id: { in: string[] } } | AllRows;

/** Two queries for the rows that the asker may see. `names` reads the searched columns of all rows; `rows` reads one page. */
interface Queries<R extends Row> {
  names: (list: { orderBy: typeof byName.orderBy }) => Promise<SearchableRow[]>;
  rows: (page: { where: Where; orderBy: typeof byName.orderBy; take: number }) => Promise<R[]>;
}

/** Reads one page of a list that is sorted by name. With a query, reads one page of the matches, best first. */
export async function pageByName<R extends Row>(
  tx: Tx,
  source: { table: keyof typeof tables; organizationId: string },
  { query, after, limit }: PageRequest,
  { names, rows }: Queries<R>,
): Promise<{ rows: R[]; next: string | null }> {
  const { orderBy } = byName;
  if (!query) {
    const read = () => readPage(byName, { after, limit }, rows);
    const page = await read();
    return hasSortKeys(page.rows) ? page : fillSortKeys(tx, source).then(read);
  }
  const read = () => names({ orderBy });
  const all = await read();
  const found = findPage(query, { after, limit }, hasSortKeys(all) ? all : await fillSortKeys(tx, source).then(read));
  const ids = found.rows.map(({ id }) => id);
  const byId = new Map((await rows({ where: { id: { in: ids } }, orderBy, take: limit })).map((row) => [row.id, row]));
  return { rows: ids.flatMap((id) => byId.get(id) ?? []), next: found.next };
}

/** Whether all rows have a sort key. Rows without a key come first, so only the first row is checked. */
const hasSortKeys = (rows: readonly { nameOrder: string }[]) => rows[0]?.nameOrder !== "";

/**
 * Writes missing sort keys in an organization. Rows that an older version of Parley wrote have none. Locks the rows in the order
 * of their ids, to prevent deadlocks.
 */
async function fillSortKeys(
  tx: Tx,
  { table, organizationId }: { table: keyof typeof tables; organizationId: string },
): Promise<void> {
  const rows = await tx.$queryRaw<{ id: string; name: string }[]>`
    SELECT id, name FROM ${tables[table]}
    WHERE "organizationId" = ${organizationId}::uuid AND "nameOrder" = '' AND name IS NOT NULL`;
  await tx.$executeRaw`
    WITH filled AS (
      SELECT * FROM unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ name }) => nameOrder(name))}::text[]) AS f(id, key)),
    locked AS MATERIALIZED (
      SELECT id FROM ${tables[table]} WHERE id IN (SELECT id FROM filled) AND "nameOrder" = '' ORDER BY id FOR NO KEY UPDATE)
    UPDATE ${tables[table]} t SET "nameOrder" = filled.key FROM locked JOIN filled USING (id) WHERE t.id = locked.id`;
}
