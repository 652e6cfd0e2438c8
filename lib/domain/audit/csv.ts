/**
 * A line of a CSV file (RFC 4180). A spreadsheet would run a cell that begins with one of these characters as a formula, so it
 * gets an apostrophe before it.
 */
export function csvLine(cells: readonly string[]): string {
  const quoted = cells.map((cell) => {
    const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
    return `"${safe.replaceAll('"', '""')}"`;
  });
  return `${quoted.join(",")}\r\n`;
}
