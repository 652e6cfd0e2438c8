/**
 * Formats a line of a CSV file (RFC 4180). A spreadsheet would run a cell that begins with `=`, `+`, `-`, `@`, a tab or a
 * carriage return as a formula. So an apostrophe is put before such a cell.
 */
export function csvLine(cells: readonly string[]): string {
  const quoted = cells.map((cell) => {
    const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
    return `"${safe.replaceAll('"', '""')}"`;
  });
  return `${quoted.join(",")}\r\n`;
}
