// A steady load of commands, as clients send them: each under a key of its own, sent again until it is answered. What is acknowledged is noted.

const ANSWERED_WITHIN = 10_000;
const AGAIN_AFTER = 250;
/** How long a command is tried again after the load was told to end. */
const PATIENCE = 30_000;

/**
 * @typedef {object} Load
 * @property {import('./oracle.mjs').Acknowledged[]} acknowledged
 * @property {string[]} refused what was answered with a fault of the caller's, which none of these is
 * @property {() => { acknowledged: number, again: number, unanswered: number, slowest: number }} figures `again`: attempts that were not answered, or with
 *   503 or 429; `slowest`: how long a command waited for its acknowledgement, in ms
 * @property {(many: number, within: number) => Promise<void>} more resolves when so many more have been acknowledged
 * @property {() => Promise<void>} stop
 */

/**
 * @param {{ url: string, token: string, tenant: string, pipeline: string, run: string, clients: number, pause: number }} options `run`: what every marker begins with;
 *   `pause`: between a client's commands, in ms
 * @returns {Load}
 */
export function startLoad({ url, token, tenant, pipeline, run, clients, pause }) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const acknowledged = [];
  const refused = [];
  let [again, unanswered, slowest] = [0, 0, 0];
  const time = { stoppedAt: Infinity };
  const going = () => time.stoppedAt === Infinity;

  /** @returns {Promise<{ id: string } | undefined>} nothing when it was never answered, or refused */
  async function send(marker, method, path, kind, event, body) {
    const from = performance.now();
    for (let attempt = 0; performance.now() < time.stoppedAt + PATIENCE; attempt++) {
      if (attempt > 0) {
        again++;
        await sleep(AGAIN_AFTER);
      }
      const init = { method, headers: { ...headers, 'idempotency-key': marker }, body: JSON.stringify(body) };
      const answer = await fetch(`${url}/api/v1${path}`, { ...init, signal: AbortSignal.timeout(ANSWERED_WITHIN) }).catch(() => undefined);
      const text = await answer?.text().catch(() => undefined);
      if (text === undefined || answer.status >= 500 || answer.status === 429) continue;
      if (answer.status >= 400) {
        refused.push(`${method} ${path.replace(/[0-9a-f-]{36}/, ':id')} ${marker}: ${answer.status} ${text.slice(0, 300)}`);
        return undefined;
      }
      const { id } = JSON.parse(text);
      const revision = Number(/^"(\d+)"$/.exec(answer.headers.get('etag'))?.[1]);
      acknowledged.push({ marker, tenant, stream: `${kind}/${id}`, revision, type: `${kind}.${event}` });
      slowest = Math.max(slowest, performance.now() - from);
      return { id };
    }
    unanswered++;
    return undefined;
  }

  async function client(number) {
    let n = 0;
    const command = async (method, path, kind, event, body) => {
      const marker = `${run}-${number}-${++n}`;
      const done = await send(marker, method, path, kind, event, event === 'won' ? body : { ...body, source: marker });
      await sleep(pause);
      return done;
    };
    const account = await command('POST', '/accounts', 'contacts.account', 'created', { name: `Company ${number}` });
    while (going()) {
      const contact = await command('POST', '/contacts', 'contacts.contact', 'created', {
        name: `Person ${number}`,
        accountId: account?.id,
      });
      if (!contact) continue;
      const value = { amount: `${n}.00`, currency: 'EUR' };
      const parties = { contactId: contact.id, accountId: account?.id };
      const deal = await command('POST', '/opportunities', 'sales.opportunity', 'opened', {
        name: 'Deal',
        pipelineId: pipeline,
        value,
        ...parties,
      });
      for (let edit = 0; edit < 3 && going(); edit++) {
        await command('PATCH', `/contacts/${contact.id}`, 'contacts.contact', 'changed', {});
        if (deal) await command('PATCH', `/opportunities/${deal.id}`, 'sales.opportunity', 'changed', { name: `Deal ${edit}` });
      }
      if (deal && n % 2) await command('POST', `/opportunities/${deal.id}/win`, 'sales.opportunity', 'won', {});
    }
  }

  const ended = Promise.all(Array.from({ length: clients }, (_, number) => client(number)));
  ended.catch(() => undefined); // heard by `stop`
  return {
    acknowledged,
    refused,
    figures: () => ({ acknowledged: acknowledged.length, again, unanswered, slowest: Math.round(slowest) }),
    async more(many, within) {
      const [wanted, until] = [acknowledged.length + many, Date.now() + within];
      while (acknowledged.length < wanted) {
        if (Date.now() > until)
          throw new Error(`Only ${many - (wanted - acknowledged.length)} of ${many} commands were acknowledged within ${within / 1000} s.`);
        await sleep(100);
      }
    },
    async stop() {
      time.stoppedAt = performance.now();
      await ended;
    },
  };
}

export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
