/** A cell as spreadsheets read it: what would begin a formula is taken for text. */
function cellOf(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows as a CSV file that spreadsheets open as UTF-8. */
export const csvFile = (rows: readonly (readonly string[])[]): Blob =>
  new Blob([`\ufeff${rows.map((row) => `${row.map(cellOf).join(',')}\r\n`).join('')}`], { type: 'text/csv' });
