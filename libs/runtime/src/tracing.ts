import {
  ProxyTracerProvider,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Attributes,
  type SpanContext,
} from '@opentelemetry/api';

const tracer = trace.getTracer('rapport');
const MOST_LINKS = 32;

/** Whether an OpenTelemetry SDK is registered: without one even a span that is none has its price. */
function isTraced(): boolean {
  const provider = trace.getTracerProvider();
  return !(provider instanceof ProxyTracerProvider) || provider.getDelegateTracer('rapport') !== undefined;
}

/** W3C's text as a span's context. */
function spanContextOf(traceparent: string): SpanContext | undefined {
  const match = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(traceparent);
  return match
    ? { traceId: match[1]!, spanId: match[2]!, traceFlags: parseInt(match[3]!, 16) & TraceFlags.SAMPLED, isRemote: true }
    : undefined;
}

/**
 * Runs `work` in a span; merely runs it unless an OpenTelemetry SDK is registered. Attributes hold no personal data.
 *
 * @param how `parent`: the `traceparent` it goes on from, where no span is under way; `links`: those of what a batch is made of
 */
export async function span<T>(
  name: string,
  attributes: Attributes,
  work: () => Promise<T>,
  how: { parent?: string; links?: readonly string[] } = {},
): Promise<T> {
  if (!isTraced()) return work();
  const parent = how.parent && !trace.getActiveSpan() ? spanContextOf(how.parent) : undefined;
  const links = [...new Set(how.links?.slice(0, MOST_LINKS))].flatMap((one) => spanContextOf(one) ?? []);
  const run = async (current: ReturnType<typeof tracer.startSpan>) => {
    try {
      return await work();
    } catch (error) {
      current.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'error' });
      throw error;
    } finally {
      current.end();
    }
  };
  const options = { attributes, links: links.map((context) => ({ context })) };
  return parent
    ? tracer.startActiveSpan(name, options, trace.setSpanContext(ROOT_CONTEXT, parent), run)
    : tracer.startActiveSpan(name, options, run);
}
