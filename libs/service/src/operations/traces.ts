/** The address of an OpenTelemetry collector, as its own SDKs call it; traces go nowhere without one. */
const ENDPOINT = 'OTEL_EXPORTER_OTLP_ENDPOINT';

/**
 * Sends this thread's traces to a collector over OTLP (HTTP), when the environment names one; else nothing of it is even loaded. The other `OTEL_…`
 * variables of the specification hold (sampling, headers, service name).
 *
 * @param service what the process is called, unless `OTEL_SERVICE_NAME` says otherwise
 * @returns sends what is still here
 */
export async function openTraces(service: string, env: NodeJS.ProcessEnv = process.env): Promise<() => Promise<void>> {
  if (!env[ENDPOINT]) return async () => undefined;
  const [
    { context, trace },
    { BatchSpanProcessor, TracerProvider },
    { OTLPTraceExporter },
    { AsyncLocalStorageContextManager },
    resources,
  ] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/context-async-hooks'),
    import('@opentelemetry/resources'),
  ]);
  const resource = resources
    .defaultResource()
    .merge(resources.resourceFromAttributes({ 'service.name': env.OTEL_SERVICE_NAME ?? service }));
  const provider = new TracerProvider({ resource, spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })] });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  return () => provider.shutdown();
}
