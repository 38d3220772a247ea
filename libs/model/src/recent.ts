/** A map that keeps what was used lately: at most so many entries, and no fewer than the last half of them. */
export class Recent<V> {
  private readonly most: number;
  private young = new Map<string, V>();
  private old = new Map<string, V>();

  constructor(most: number) {
    this.most = most;
  }

  get(key: string): V | undefined {
    const kept = this.young.get(key);
    if (kept !== undefined) return kept;
    const former = this.old.get(key);
    if (former !== undefined) this.set(key, former);
    return former;
  }

  set(key: string, value: V): void {
    this.young.set(key, value);
    // A generation goes at once: taking out the eldest one by one costs more the more there are.
    if (this.young.size * 2 >= this.most) [this.old, this.young] = [this.young, new Map()];
  }

  delete(key: string): void {
    this.young.delete(key);
    this.old.delete(key);
  }

  clear(): void {
    this.young.clear();
    this.old.clear();
  }
}
