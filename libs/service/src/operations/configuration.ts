/** A setting: how its text is read, what it is when absent, and what a right value looks like. */
export type Setting<T> = { read: (text: string) => T | undefined; otherwise?: T; right: string; secret?: boolean };
export type Settings = Record<string, Setting<any>>;
export type Configured<S extends Settings> = { [K in keyof S]: S[K] extends Setting<infer T> ? T : never };

/** Start cannot go on; the message is for whoever started it. */
export class Misconfigured extends Error {
  override readonly name = 'Misconfigured';
}

/**
 * Reads the settings of this process from its environment: `RAPPORT_…`, and what `spec` names besides (`PORT`). All faults are found at once.
 *
 * @throws Misconfigured with a sentence per fault: settings that are unknown, malformed or missing, and what would be right
 */
export function configuration<S extends Settings>(env: Record<string, string | undefined>, spec: S): Configured<S> {
  const faults: string[] = [];
  const found: Record<string, unknown> = {};
  for (const name of Object.keys(env))
    if (name.startsWith('RAPPORT_') && !(name in spec)) faults.push(`${name} is no setting${near(name, Object.keys(spec))}.`);
  for (const [name, setting] of Object.entries(spec)) {
    const text = env[name];
    if (text === undefined || text === '') {
      if ('otherwise' in setting) found[name] = setting.otherwise;
      else faults.push(`${name} must be set: ${setting.right}.`);
      continue;
    }
    const value: unknown = setting.read(text);
    if (value === undefined) faults.push(`${name} is ${setting.secret ? 'malformed' : `"${text}"`}, which is not ${setting.right}.`);
    else found[name] = value;
  }
  if (faults.length > 0) throw new Misconfigured(faults.join('\n'));
  return found as Configured<S>;
}

export const text = (right: string, otherwise?: string): Setting<string> => absent({ read: (given) => given, right }, otherwise);
export const port = (otherwise?: number): Setting<number> =>
  absent(
    { read: (given) => (/^\d{1,5}$/.test(given) && Number(given) <= 65_535 ? Number(given) : undefined), right: 'a port from 0 to 65535' },
    otherwise,
  );
export const whole = (least: number, most: number, otherwise?: number): Setting<number> =>
  absent(
    {
      read: (given) => (/^-?\d{1,15}$/.test(given) && Number(given) >= least && Number(given) <= most ? Number(given) : undefined),
      right: `a whole number from ${least} to ${most}`,
    },
    otherwise,
  );
export const flag = (otherwise?: boolean): Setting<boolean> =>
  absent({ read: (given) => ({ true: true, false: false })[given], right: 'true or false' }, otherwise);
export const oneOf = <const V extends string>(values: readonly V[], otherwise?: V): Setting<V> =>
  absent({ read: (given) => values.find((value) => value === given), right: `one of ${values.join(', ')}` }, otherwise);
export const address = (otherwise?: string): Setting<string> =>
  absent({ read: (given) => (URL.canParse(given) ? given : undefined), right: 'an address such as https://id.example.org' }, otherwise);
export const list = (right: string, otherwise?: string[]): Setting<string[]> =>
  absent(
    {
      read: (given) =>
        given
          .split(',')
          .map((one) => one.trim())
          .filter(Boolean),
      right,
    },
    otherwise,
  );
export const secret = <T>(setting: Setting<T>): Setting<T> => ({ ...setting, secret: true });
/** May be left out; then it is undefined. */
export const optional = <T>(setting: Setting<T>): Setting<T | undefined> => ({ otherwise: undefined, ...setting });

const absent = <T>(setting: Setting<T>, otherwise: T | undefined): Setting<T> =>
  otherwise === undefined ? setting : { ...setting, otherwise };

/** A name that differs by little is probably meant. */
function near(name: string, known: string[]): string {
  const meant = known.find((one) => distance(one, name) <= 3);
  return meant ? `; ${meant} is meant, perhaps` : `; there are ${known.join(', ')}`;
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length]!;
}
