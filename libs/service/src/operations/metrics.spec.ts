import { Metrics } from './metrics.ts';

it('writes histograms and gauges as Prometheus reads them', async () => {
  const metrics = new Metrics();
  const timer = metrics.timer('took_seconds', 'How long it took', { route: '/a"b' });
  timer(0.002);
  timer(0.3);
  timer(99);
  metrics.gauge('parked', 'How many wait', () => [{ labels: { view: 'v' }, value: 3 }]);
  const text = await metrics.text();
  metrics.close();
  for (const line of [
    '# TYPE took_seconds histogram',
    'took_seconds_bucket{route="/a\\"b",le="0.001"} 0',
    'took_seconds_bucket{route="/a\\"b",le="0.0025"} 1',
    'took_seconds_bucket{route="/a\\"b",le="0.5"} 2',
    'took_seconds_bucket{route="/a\\"b",le="+Inf"} 3',
    'took_seconds_count{route="/a\\"b"} 3',
    'parked{view="v"} 3',
  ])
    expect(text.split('\n')).toContain(line);
});
