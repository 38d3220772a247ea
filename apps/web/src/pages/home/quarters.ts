/** A quarter of a year, `2017-Q4`, and its first and last business day. */
export type Quarter = { name: string; year: number; number: number; from: string; to: string; months: string[] };

const pad = (n: number) => String(n).padStart(2, '0');

export function quarterOf(name: string): Quarter {
  const [year, number] = [Number(name.slice(0, 4)), Number(name.slice(6))];
  const first = number * 3 - 2;
  const months = [0, 1, 2].map((step) => `${year}-${pad(first + step)}`);
  const end = new Date(Date.UTC(year, first + 2, 0)).getUTCDate();
  return { name, year, number, from: `${months[0]}-01`, to: `${months[2]}-${pad(end)}`, months };
}

/** The quarter a business day is in. */
export const quarterAt = (day: string): Quarter => quarterOf(`${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`);

export const before = ({ year, number }: Quarter): Quarter => quarterOf(number === 1 ? `${year - 1}-Q4` : `${year}-Q${number - 1}`);

/** The day so many days before another. */
export const daysBefore = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
