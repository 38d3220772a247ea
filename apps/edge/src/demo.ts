import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DemoDesk } from '#apps/all-in-one';
import { Problem } from '#service';

/**
 * The sample data on demand, loaded in the name and with the token of whoever asks: what they may not, the services refuse.
 *
 * @param own where this process answers itself
 */
export function addDemo(fastify: FastifyInstance, { own, workspace, samples }: { own: string; workspace: string; samples: string }): void {
  const desks = new Map<string, DemoDesk>();
  const deskOf = async (request: FastifyRequest): Promise<{ desk: DemoDesk; user: string }> => {
    const { authorization } = request.headers;
    const answer = await fetch(new URL('/api/v1/me', workspace), { headers: authorization ? { authorization } : {} });
    if (!answer.ok) throw new Problem(answer.status, 'unauthorised', 'Send a token: Authorization: Bearer ….');
    const { id: user, tenant } = (await answer.json()) as { id: string; tenant: string };
    let desk = desks.get(tenant);
    if (!desk) {
      desk = new DemoDesk(async (_, moved) => {
        const { httpClient, loadDemo } = await import('#apps/cli');
        await loadDemo(
          httpClient(own, async () => authorization!.replace(/^Bearer /i, '')),
          samples,
          moved,
        );
      });
      desks.set(tenant, desk);
    }
    return { desk, user };
  };
  fastify.get('/api/v1/demo', async (request) => (await deskOf(request)).desk.shown());
  fastify.post('/api/v1/demo', async (request, reply) => {
    const { desk, user } = await deskOf(request);
    return reply.code(202).send(desk.begin(user));
  });
}
