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

it('says the rest when a number cannot be read, and that it could not', async () => {
  const metrics = new Metrics();
  metrics.gauge('lost', 'An engine is away', () => Promise.reject(new Error('away')));
  metrics.gauge('there', 'It is not', () => [{ labels: { service: 's' }, value: 1 }]);
  const lines = (await metrics.text()).split('\n');
  metrics.close();
  expect(lines).toEqual(expect.arrayContaining(['there{service="s"} 1', 'rapport_metrics_unread 1']));
  expect(lines.filter((line) => line.startsWith('lost'))).toEqual([]);
});

it('has a name once, for a name that stands twice makes the whole unreadable', () => {
  const metrics = new Metrics();
  metrics.gauge('one', 'First', () => []);
  expect(() => metrics.gauge('one', 'Second', () => [])).toThrow('there is a gauge one');
  metrics.close();
});
