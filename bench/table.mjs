// The bench's figures, said as they come and shown as one table at the end.
import { availableParallelism } from 'node:os';

const rows = [];

/** A figure. `wanted` is the least where it is so much a second, the most elsewhere; `floor` what bare engines come to in the same run. */
export function note(what, measured, unit, { wanted, floor, further = '' } = {}) {
  const met = wanted === undefined ? '' : (unit === 'a second' ? measured >= wanted : measured <= wanted) ? 'met' : 'short';
  rows.push({
    what,
    measured,
    unit,
    wanted: wanted ?? '',
    floor: floor ?? '',
    ratio: floor ? (measured / floor).toFixed(2) : '',
    met,
    further,
  });
  process.stderr.write(`${what}: ${measured} ${unit} ${further}\n`);
}

export function table(conditions = 'floors: bare Fastify with the token check, bare SQLite at the same durability') {
  const heads = ['what', 'measured', 'unit', 'wanted', 'floor', 'ratio', 'met', 'further'];
  const text = (value) => (typeof value === 'number' ? value.toLocaleString('en') : String(value));
  const widths = heads.map((name) => Math.max(name.length, ...rows.map((row) => text(row[name]).length)));
  const line = (cells) =>
    `${cells
      .map((cell, at) => (at === 1 || (at > 2 && at < 6) ? cell.padStart(widths[at]) : cell.padEnd(widths[at])))
      .join('  ')
      .trimEnd()}\n`;
  process.stdout.write(`\n${availableParallelism()} cores, the load generator beside; ${conditions}\n`);
  process.stdout.write(line(heads));
  for (const row of rows) process.stdout.write(line(heads.map((name) => text(row[name]))));
}
