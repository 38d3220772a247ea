/** A bounded map whose entries die: the least recently used makes room, none lives longer than `ttl` milliseconds. */
export class ShortLived<V> {
  private readonly entries = new Map<string, { value: V; until: number }>();

  constructor(
    private readonly most: number,
    private readonly ttl: number,
    private readonly now: () => number,
  ) {}

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
    this.entries.delete(key);
    this.entries.set(key, { value, until: Math.min(until, this.now() + this.ttl) });
    if (this.entries.size > this.most) this.entries.delete(this.entries.keys().next().value!);
  }

  delete(key: string): void {
    this.entries.delete(key);
  }
}
