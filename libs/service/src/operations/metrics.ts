import { monitorEventLoopDelay } from 'node:perf_hooks';

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

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

  gauge(name: string, help: string, read: () => Promise<Sample[]> | Sample[]): void {
    this.gauges.push({ name, help, read });
  }

  /** Prometheus' text format, version 0.0.4. */
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
    for (const { name, help, read } of this.gauges) {
      lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} gauge`);
      for (const { labels, value } of await read()) lines.push(`${name}{${labelled(labels)}} ${value}`);
    }
    lines.push(
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

const labelled = (labels: Record<string, string>) =>
  Object.entries(labels)
    .map(([name, value]) => `${name}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`)
    .join(',');
const join = (...parts: string[]) => parts.filter(Boolean).join(',');
