import { expect, type Page } from "@playwright/test";

/** At the widths between a phone and a laptop, the table is within its frame, and one of its main columns is wide enough to read. */
export async function expectRoomForNames(page: Page, ...mainColumns: string[]): Promise<void> {
  const before = page.viewportSize();
  for (const width of [390, 768, 900, 1024, 1100]) {
    await page.setViewportSize({ width, height: 800 });
    const table = await page.getByRole("table").first().boundingBox();
    const columns = await Promise.all(
      (await page.getByRole("columnheader").all()).map(async (column) => {
        return { name: await column.textContent(), box: await column.boundingBox() };
      }),
    );
    const widths = columns.flatMap(({ name, box }) => (name && mainColumns.includes(name) ? (box?.width ?? 0) : []));
    expect(Math.max(...widths), `${mainColumns.join(" or ")} at ${width}`).toBeGreaterThan(170);
    const endOf = (box: typeof table) => (box ? box.x + box.width : Number.NaN);
    expect(endOf(columns.at(-1)?.box ?? null), `the last column at ${width}`).toBeLessThanOrEqual(endOf(table) + 1);
  }
  if (before) await page.setViewportSize(before);
}
