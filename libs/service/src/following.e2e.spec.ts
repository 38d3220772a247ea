import { serve } from './serve.ts';
import type { Following } from './following.ts';

const nobody = { issuers: [], access: () => undefined, lookup: () => undefined };
const silent = { info: () => {}, error: () => {} };

function following(said: string[], name: string, how: { fails?: boolean } = {}): Following {
  return {
    async start() {
      if (how.fails) throw new Error(`${name} is away`);
      said.push(`${name} starts`);
    },
    stop: async () => void said.push(`${name} stops`),
  };
}

it('starts what follows logs with the application, in order, and ends it in the opposite one', async () => {
  const said: string[] = [];
  const app = await serve({
    modules: [],
    running: new Map(),
    identity: nobody,
    log: silent,
    following: [following(said, 'publisher'), following(said, 'projector')],
  });
  said.push('serves');
  await app.close();
  expect(said).toEqual(['publisher starts', 'projector starts', 'serves', 'projector stops', 'publisher stops']);
});

it('does not serve when one of them cannot start, and ends what had', async () => {
  const said: string[] = [];
  const served = serve({
    modules: [],
    running: new Map(),
    identity: nobody,
    log: silent,
    following: [following(said, 'publisher'), following(said, 'projector', { fails: true })],
  });
  await expect(served).rejects.toThrow('projector is away');
  expect(said).toEqual(['publisher starts', 'projector stops', 'publisher stops']);
});
