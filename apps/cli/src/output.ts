import { Presets, SingleBar } from 'cli-progress';

/** Where a command's answer goes, and what is said on the way. Only the answer goes to standard output. */
export type Output = {
  /** For programs: JSON lines and no progress. */
  readonly json: boolean;
  line(text: string): Promise<void>;
  /** One value: as JSON, or as `human` says it. */
  answer(value: unknown, human: () => string[]): Promise<void>;
  /** A sentence for the person at the terminal; nothing under `--json`. */
  say(text: string): void;
  /** A bar on a terminal, a line at the end elsewhere. */
  progress(what: string, total: number): Progress;
};

export type Progress = { to(value: number, total?: number): void; end(): void };

export function openOutput({
  json,
  out = process.stdout,
  notes = process.stderr,
}: {
  json: boolean;
  out?: NodeJS.WritableStream;
  notes?: NodeJS.WritableStream;
}): Output {
  const line = (text: string) =>
    new Promise<void>((resolve, reject) => void out.write(`${text}\n`, (error) => (error ? reject(error) : resolve())));
  const say = (text: string) => void (json || notes.write(`${text}\n`));
  return {
    json,
    line,
    say,
    async answer(value, human) {
      if (json) return line(JSON.stringify(value));
      for (const text of human()) await line(text);
    },
    progress(what, total) {
      if (json || !('isTTY' in notes && notes.isTTY)) return silent;
      const bar = new SingleBar(
        { format: `${what} {bar} {percentage}% · {value} of {total}`, stream: notes, clearOnComplete: true, hideCursor: true },
        Presets.shades_classic,
      );
      bar.start(Math.max(total, 1), 0);
      return {
        to(value, newTotal) {
          if (newTotal !== undefined) bar.setTotal(Math.max(newTotal, 1));
          bar.update(value);
        },
        end: () => bar.stop(),
      };
    },
  };
}

const silent: Progress = { to() {}, end() {} };

/** Rows under their headings, columns as wide as their widest cell; numbers stand on the right. */
export function table(headings: string[], rows: (string | number)[][]): string[] {
  const widths = headings.map((heading, at) => Math.max(heading.length, ...rows.map((row) => String(row[at] ?? '').length)));
  const text = (row: (string | number)[]) =>
    row
      .map((cell, at) => (typeof cell === 'number' ? String(cell).padStart(widths[at]!) : cell.padEnd(widths[at]!)))
      .join('  ')
      .trimEnd();
  return [text(headings), text(widths.map((width) => '─'.repeat(width))), ...rows.map(text)];
}
