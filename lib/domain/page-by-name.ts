import { nameOrder } from "@/lib/contract/name-order";
import { Prisma, type Tx } from "@/lib/server/db";
import { byName, type Everything, type Findable, findPage, readPage } from "./page";

/** The columns to write for a name. */
export const nameFields = (name: string) => ({ name, nameOrder: nameOrder(name) });

const tables = { Person: Prisma.sql`"Person"`, Room: Prisma.sql`"Room"`, Group: Prisma.sql`"Group"` };

interface Asked {
  query?: string | undefined;
  after?: string | undefined;
  limit: number;
}
type Row = { id: string; nameOrder: string };
type Where = ReturnType<typeof byName.after> | { id: { in: string[] } } | Everything;

/** Two queries, both limited to what the asker may know of: what search reads of every row, and one page of rows. */
interface Reading<R extends Row> {
  names: (list: { orderBy: typeof byName.orderBy }) => Promise<Findable[]>;
  rows: (page: { where: Where; orderBy: typeof byName.orderBy; take: number }) => Promise<R[]>;
}

/** One page of a list sorted by name, or with a query, of its matches, the best first. */
export async function pageByName<R extends Row>(
  tx: Tx,
  of: { table: keyof typeof tables; organizationId: string },
  { query, after, limit }: Asked,
  { names, rows }: Reading<R>,
): Promise<{ rows: R[]; next: string | null }> {
  const { orderBy } = byName;
  if (!query) {
    const read = () => readPage(byName, { after, limit }, rows);
    const page = await read();
    return isFilled(page.rows) ? page : fillNameOrders(tx, of).then(read);
  }
  const read = () => names({ orderBy });
  const all = await read();
  const found = findPage(query, { after, limit }, isFilled(all) ? all : await fillNameOrders(tx, of).then(read));
  const ids = found.rows.map(({ id }) => id);
  const byId = new Map((await rows({ where: { id: { in: ids } }, orderBy, take: limit })).map((row) => [row.id, row]));
  return { rows: ids.flatMap((id) => byId.get(id) ?? []), next: found.next };
}

/** Rows without a key sort first, so the first row of the first page reveals them. */
const isFilled = (rows: readonly { nameOrder: string }[]) => rows[0]?.nameOrder !== "";

/** Writes the missing sort keys of an organization: rows of a version without the column have none. */
async function fillNameOrders(
  tx: Tx,
  { table, organizationId }: { table: keyof typeof tables; organizationId: string },
): Promise<void> {
  const rows = await tx.$queryRaw<{ id: string; name: string }[]>`
    SELECT id, name FROM ${tables[table]}
    WHERE "organizationId" = ${organizationId}::uuid AND "nameOrder" = '' AND name IS NOT NULL`;
  await tx.$executeRaw`
    UPDATE ${tables[table]} t SET "nameOrder" = filled.key
    FROM unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ name }) => nameOrder(name))}::text[]) AS filled(id, key)
    WHERE t.id = filled.id AND t."nameOrder" = ''`;
}
