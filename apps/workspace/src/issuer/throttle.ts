/**
 * Slows down guessing: after five failures each further try of the same name or from the same address must wait, twice as long each time, up to
 * 15 minutes (OWASP Authentication Cheat Sheet). Counts fade after an hour without a try. Keys are digests, so no address or name is kept.
 */
export class Throttle {
  private readonly tries = new Map<string, { failures: number; until: number; last: number }>();

  constructor(
    private readonly now: () => number,
    private readonly most = 10_000,
  ) {}

  /** @returns how many seconds to wait; 0: try now */
  wait(...keys: string[]): number {
    const now = this.now();
    return Math.max(0, ...keys.map((key) => Math.ceil(((this.tries.get(key)?.until ?? 0) - now) / 1000)));
  }

  failed(...keys: string[]): void {
    const now = this.now();
    for (const key of keys) {
      const kept = this.tries.get(key);
      const failures = kept && now - kept.last < HOUR ? kept.failures + 1 : 1;
      const pause = failures < FREE ? 0 : Math.min(LONGEST, 1000 * 2 ** (failures - FREE));
      this.tries.delete(key);
      this.tries.set(key, { failures, until: now + pause, last: now });
      if (this.tries.size > this.most) this.tries.delete(this.tries.keys().next().value!);
    }
  }

  succeeded(key: string): void {
    this.tries.delete(key);
  }
}

const FREE = 5;
const HOUR = 3_600_000;
const LONGEST = 15 * 60_000;
