import { monitorEventLoopDelay } from 'node:perf_hooks';

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Prometheus gives up after 10 s. */
const READ_WITHIN = 5_000;

type Series = { counts: number[]; sum: number; count: number };

/** Numbers for Prometheus: durations as histograms, and what is asked for at the moment of scraping. */
export class Metrics {
  private readonly histograms = new Map<string, { help: string; series: Map<string, Series> }>();
  private readonly gauges: { name: string; help: string; read: () => Promise<Sample[]> | Sample[] }[] = [];
  private readonly loop = monitorEventLoopDelay({ resolution: 10 });

  constructor() {
    this.loop.enable();
  }

  /**
   * A histogram's series, to be kept by whoever measures often.
   *
   * @param labels from code (routes, services), never from what a client sent
   * @returns takes how many seconds it was
   */
  timer(name: string, help: string, labels: Record<string, string>): (seconds: number) => void {
    let histogram = this.histograms.get(name);
    if (!histogram) this.histograms.set(name, (histogram = { help, series: new Map() }));
    const key = labelled(labels);
    const series = histogram.series.get(key) ?? { counts: BUCKETS.map(() => 0), sum: 0, count: 0 };
    histogram.series.set(key, series);
    return (seconds) => {
      for (let at = BUCKETS.length - 1; at >= 0 && seconds <= BUCKETS[at]!; at--) series.counts[at]!++;
      series.sum += seconds;
      series.count++;
    };
  }

  /** @throws RangeError when there is one of that name: Prometheus reads nothing where a name stands twice */
  gauge(name: string, help: string, read: () => Promise<Sample[]> | Sample[]): void {
    if (this.gauges.some((one) => one.name === name)) throw new RangeError(`there is a gauge ${name}`);
    this.gauges.push({ name, help, read });
  }

  /** Prometheus' text format, version 0.0.4. What cannot be read in time is left out and counted: the others are wanted most just then. */
  async text(): Promise<string> {
    const lines: string[] = [];
    for (const [name, { help, series }] of this.histograms) {
      lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} histogram`);
      for (const [labels, { counts, sum, count }] of series) {
        for (const [at, bound] of BUCKETS.entries()) lines.push(`${name}_bucket{${join(labels, `le="${bound}"`)}} ${counts[at]}`);
        lines.push(
          `${name}_bucket{${join(labels, 'le="+Inf"')}} ${count}`,
          `${name}_sum{${labels}} ${sum}`,
          `${name}_count{${labels}} ${count}`,
        );
      }
    }
    let unread = 0;
    const samples = await Promise.all(this.gauges.map(({ read }) => inTime(async () => read())));
    for (const [at, { name, help }] of this.gauges.entries()) {
      if (!samples[at]) unread++;
      lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} gauge`);
      for (const { labels, value } of samples[at] ?? []) lines.push(`${name}{${labelled(labels)}} ${value}`);
    }
    lines.push(
      '# HELP rapport_metrics_unread Numbers that could not be read for this scrape',
      '# TYPE rapport_metrics_unread gauge',
      `rapport_metrics_unread ${unread}`,
      '# HELP rapport_event_loop_delay_seconds Delay of the event loop since the last scrape',
      '# TYPE rapport_event_loop_delay_seconds gauge',
    );
    for (const quantile of [50, 99])
      lines.push(`rapport_event_loop_delay_seconds{quantile="${quantile / 100}"} ${this.loop.percentile(quantile) / 1e9}`);
    this.loop.reset();
    lines.push(
      '# HELP process_resident_memory_bytes Resident memory',
      '# TYPE process_resident_memory_bytes gauge',
      `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
    );
    return `${lines.join('\n')}\n`;
  }

  close(): void {
    this.loop.disable();
  }
}

export type Sample = { labels: Record<string, string>; value: number };

/** @returns undefined when it fails, or takes longer than a scraper waits */
async function inTime<T>(read: () => Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), READ_WITHIN)));
  return Promise.race([read().catch(() => undefined), late]).finally(() => clearTimeout(timer));
}

const labelled = (labels: Record<string, string>) =>
  Object.entries(labels)
    .map(([name, value]) => `${name}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`)
    .join(',');
const join = (...parts: string[]) => parts.filter(Boolean).join(',');
