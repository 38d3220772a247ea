import { Recent } from '#model';

/** A bounded map whose entries die: what was not used lately makes room, none lives longer than `ttl` milliseconds. */
export class ShortLived<V> {
  private readonly entries: Recent<{ value: V; until: number }>;

  constructor(
    most: number,
    private readonly ttl: number,
    private readonly now: () => number,
  ) {
    this.entries = new Recent(most);
  }

  get(key: string): V | undefined {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    if (entry.until <= this.now()) {
      this.entries.delete(key);
      return undefined;
    }
    return entry.value;
  }

  /** @param until no later than this (ms since 1970), also when `ttl` would allow it */
  set(key: string, value: V, until = Infinity): void {
    this.entries.set(key, { value, until: Math.min(until, this.now() + this.ttl) });
  }

  delete(key: string): void {
    this.entries.delete(key);
  }
}
