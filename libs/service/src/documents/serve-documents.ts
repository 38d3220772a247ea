import type { Type } from '@nestjs/common';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { notFound } from '#runtime';
import { partsOf } from '../parts.ts';
import { asyncApi, schemaOf } from './asyncapi.ts';
import type { Further } from './openapi.ts';
import type { JsonSchema } from './forms.ts';
import { DOCS_PAGE, DOCS_POLICY } from './page.ts';

/** The generated documents; each is made on first asking and kept, for code does not change while it runs. */
export function addDocuments(fastify: FastifyInstance, modules: readonly Type[], further: readonly Further[]): void {
  const kept = new Map<string, string>();
  const document = (path: string, make: () => unknown) =>
    fastify.get(path, async (_request, reply) => {
      let text = kept.get(path);
      if (text === undefined) kept.set(path, (text = JSON.stringify(await make())));
      return cached(reply).header('content-type', 'application/json; charset=utf-8').send(text);
    });
  document('/api/openapi.json', () => openApiOf(modules, further));
  document('/api/asyncapi.json', () => asyncApi(modules.map((module) => partsOf(module).service)));
  fastify.get('/api/docs', (_request, reply) =>
    cached(reply).header('content-type', 'text/html; charset=utf-8').header('content-security-policy', DOCS_POLICY).send(DOCS_PAGE),
  );
  fastify.get<{ Params: { type: string; version: string } }>('/api/events/schemas/:type/:version', (request, reply) => {
    const version = /^(\d{1,4})\.json$/.exec(request.params.version)?.[1];
    const schema = version === undefined ? undefined : schemaOf(request.params.type, Number(version));
    if (!schema) throw notFound();
    return cached(reply).header('content-type', 'application/schema+json; charset=utf-8').send(JSON.stringify(schema));
  });
}

/** OpenAPI 3.1 of these services. What it is made with is loaded when it is first asked for, not by every process that starts. */
export async function openApiOf(modules: readonly Type[], further: readonly Further[] = []): Promise<JsonSchema> {
  const { openApi } = await import('./openapi.ts');
  return openApi(modules, further);
}

const cached = (reply: FastifyReply) => reply.header('cache-control', 'public, max-age=300');
