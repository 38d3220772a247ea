import { context, trace, type Span, type SpanContext, type Tracer } from '@opentelemetry/api';
import { AsyncLocalStorage } from 'node:async_hooks';
import { span } from './tracing.ts';

const started: { name: string; parent?: string; links: string[]; ended: boolean }[] = [];
const storage = new AsyncLocalStorage<ReturnType<typeof context.active>>();
let made = 0;

/** As little of an SDK as shows what it would be told. */
const tracer = {
  startActiveSpan(name: string, options: { links?: { context: SpanContext }[] }, ...rest: unknown[]) {
    const run = rest.at(-1) as (span: Span) => unknown;
    const within = rest.length > 1 ? (rest[0] as ReturnType<typeof context.active>) : context.active();
    const parent = trace.getSpanContext(within);
    const own = {
      name,
      parent: parent && `${parent.traceId}/${parent.spanId}`,
      links: (options.links ?? []).map((one) => one.context.spanId),
      ended: false,
    };
    started.push(own);
    const spanContext = { traceId: parent?.traceId ?? 'f'.repeat(32), spanId: String(++made).padStart(16, '0'), traceFlags: 1 };
    const current = { spanContext: () => spanContext, setStatus: () => current, end: () => (own.ended = true) } as unknown as Span;
    return context.with(trace.setSpan(within, current), () => run(current));
  },
} as unknown as Tracer;

beforeAll(() => {
  context.setGlobalContextManager({
    active: () => storage.getStore() ?? ({ getValue: () => undefined, setValue: () => undefined } as never),
    with: (active, work, self, ...args) => storage.run(active, () => work.call(self as never, ...args)),
    bind: (_, target) => target,
    enable: () => undefined as never,
    disable: () => undefined as never,
  });
  trace.setGlobalTracerProvider({ getTracer: () => tracer });
});
afterAll(() => {
  trace.disable();
  context.disable();
});

it('goes from the request to the command to its events, and from a batch to each of them', async () => {
  const request = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
  await span('command', {}, () => span('append', {}, async () => 'done'), { parent: request });
  await span('apply', {}, async () => 'done', { links: [request, request, 'malformed'] });
  expect(started).toEqual([
    { name: 'command', parent: `${'a'.repeat(32)}/${'b'.repeat(16)}`, links: [], ended: true },
    { name: 'append', parent: `${'a'.repeat(32)}/0000000000000001`, links: [], ended: true },
    { name: 'apply', parent: undefined, links: ['b'.repeat(16)], ended: true },
  ]);
});
