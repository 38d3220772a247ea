import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { trace, context } from '@opentelemetry/api';
import { span } from '#runtime';
import { openTraces } from './traces.ts';

const NAME = 'OTEL_EXPORTER_OTLP_ENDPOINT';
afterEach(() => {
  delete process.env[NAME];
  trace.disable();
  context.disable();
});

it('sends traces to the collector that the environment names, parent and child', async () => {
  const sent: string[] = [];
  const collector = createServer(async (request, response) => {
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += part;
    sent.push(`${request.url} ${body}`);
    response.setHeader('content-type', 'application/json').end('{}');
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  process.env[NAME] = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  const close = await openTraces('rapport');
  await span('command', { 'rapport.service': 'sales' }, () => span('apply', {}, async () => undefined));
  await close();
  collector.close();
  expect(sent).toHaveLength(1);
  const [address, body] = sent[0]!.split(/ (.*)/s);
  const [{ resource, scopeSpans }] = JSON.parse(body!).resourceSpans;
  const [child, parent] = scopeSpans[0].spans;
  expect(address).toBe('/v1/traces');
  expect(resource.attributes).toContainEqual({ key: 'service.name', value: { stringValue: 'rapport' } });
  expect([child.name, parent.name, child.parentSpanId]).toEqual(['apply', 'command', parent.spanId]);
});

it('is nothing at all where no collector is named', async () => {
  await (
    await openTraces('rapport', {})
  )();
  expect(await span('command', {}, async () => trace.getActiveSpan())).toBeUndefined();
});
