import { createHash } from 'node:crypto';
import { begin, commandLine, tokenOf, until } from './host-process.ts';

/** The product as a company has it, in one process or in several. `folder`: where its issuer's identity lies. */
export type Product = {
  url: string;
  link: string;
  folder: string;
  /** Everything ends at once, as when the plug is pulled, and is started again. */
  pullThePlug(): Promise<void>;
  /** Ends it in order. @returns what says otherwise, of its ends and of its logs */
  endWhole(): Promise<string[]>;
  close(): Promise<void>;
};

/** Loads a real company's data and works with it. `patience`: how much longer than in one process it may take. */
export function crmSales(open: () => Promise<Product>, patience = 1): void {
  let product: Product;
  beforeAll(async () => {
    product = await open();
    await begin(product);
  }, 180_000);
  afterAll(() => product?.close());

  const rapport = (...args: string[]) => commandLine(product, product.url, ...args);
  let token: string;
  async function api<T>(path: string, init: RequestInit = {}): Promise<T> {
    token ??= await tokenOf(product, product.url);
    const answer = await fetch(`${product.url}/api/v1${path}`, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  /** A hash over what lists show of every record, and what figures come to: what "as before" means. */
  async function state(): Promise<string> {
    const hash = createHash('sha256');
    for (const resource of ['users', 'teams', 'products', 'accounts', 'opportunities', 'pipelines']) {
      let next: string | null = null;
      do {
        const answer: Response = await fetch(
          `${product.url}/api/v1/${resource}?sort=id&limit=200${next ? `&cursor=${encodeURIComponent(next)}` : ''}`,
          { headers: { authorization: `Bearer ${token}` } },
        );
        for (const { changedAt: _, ...doc } of (await answer.json()) as Record<string, unknown>[]) hash.update(JSON.stringify(doc));
        next = answer.headers.get('rapport-next');
      } while (next);
    }
    for (const by of ['owner', 'product', 'month']) hash.update(JSON.stringify(await api(`/figures/sales?by=${by}`)));
    return hash.digest('hex');
  }

  /** Everything the logs say has been seen by the views. */
  const level = () =>
    until(async () => {
      const lists = await Promise.all(
        ['workspace', 'contacts', 'sales'].map((service) => api<{ lag: number }[]>(`/services/${service}/projections`)),
      );
      return lists.flat().every(({ lag }) => lag === 0);
    });

  type Loaded = Record<string, { id: string; rows: number; counts: Record<string, number> }>;
  let first: Loaded;
  let loaded: string;

  it(
    'loads a real company’s data, and comes to the figures of its page',
    async () => {
      const { exit, out } = await rapport('demo');
      expect([exit, out]).toEqual([0, expect.any(String)]);
      first = JSON.parse(out) as Loaded;
      expect(Object.entries(first).map(([resource, { counts }]) => [resource, counts.created, counts.rejected])).toEqual([
        ['users', 35, 0],
        ['products', 7, 0],
        ['accounts', 85, 0],
        ['contacts', 199, 0],
        ['opportunities', 8800, 0],
      ]);
      await level();
      const figures = async (query: string) => (await api<{ figures: unknown[] }>(`/figures/sales?from=2016-10-01${query}`)).figures;
      expect(await figures('&to=2017-12-31')).toMatchObject([
        {
          won: 4238,
          lost: 2473,
          winRate: '63.15',
          wonValue: [{ amount: '10005534.00', currency: 'USD' }],
          cycle: { mean: '51.78', median: '57' },
        },
      ]);
      expect(await figures('&to=2017-06-30&asOf=2017-06-30')).toMatchObject([
        {
          opened: 4365,
          won: 1785,
          lost: 894,
          open: 1686,
          winRate: '66.63',
          wonValue: [{ amount: '4220783.00' }],
          cycle: { mean: '55.36', median: '63' },
        },
      ]);
      const quarters = (await figures('&to=2017-12-31&by=quarter')) as { group: { quarter: string }; wonValue: { amount: string }[] }[];
      expect(quarters.filter(({ group }) => group.quarter.startsWith('2017')).map(({ wonValue }) => wonValue[0]!.amount)).toEqual([
        '1134672.00',
        '3086111.00',
        '2982255.00',
        '2802496.00',
      ]);
    },
    patience * 180_000,
  );

  it('links what is misspelt, keeps what was typed, and leaves alone what could be two things', async () => {
    const one = async (name: string) => (await api<Record<string, unknown>[]>(`/accounts?search=${encodeURIComponent(name)}`))[0]!;
    expect(await one('Acme Corporation')).toMatchObject({ sector: 'technology', sectorTyped: 'technolgy', country: 'US' });
    const noted = await api<{ field: string; problem: string }[]>(`/accounts/imports/${first.accounts!.id}/findings`);
    expect(noted).toContainEqual(expect.objectContaining({ field: 'country', problem: expect.stringContaining('North or South Korea') }));
    const deals = await api<{ problem: string }[]>(`/opportunities/imports/${first.opportunities!.id}/findings?limit=1`);
    expect(deals).toMatchObject([{ problem: 'is taken as GTX Pro' }]);
    const without = await fetch(
      `${product.url}/api/v1/opportunities?filter=${encodeURIComponent('accountId eq null')}&count=true&limit=1`,
      {
        headers: { authorization: `Bearer ${token}` },
      },
    );
    expect(without.headers.get('rapport-count')).toBe('1425');
  });

  it(
    'changes nothing when it is loaded again',
    async () => {
      loaded = await state();
      const { exit, out } = await rapport('demo');
      expect(exit).toBe(0);
      const again = JSON.parse(out) as Loaded;
      expect(Object.values(again).map(({ rows, counts }) => [counts.created, counts.unchanged === rows])).toEqual(
        Object.keys(again).map(() => [0, true]),
      );
      await level();
      expect(await state()).toBe(loaded);
    },
    patience * 180_000,
  );

  it(
    'takes an import back so that everything is as before it',
    async () => {
      const { exit, out } = await rapport('undo', '--import', `opportunities/${first.opportunities!.id}`);
      expect([exit, JSON.parse(out)]).toMatchObject([0, { conflicts: [], cannot: [] }]);
      await level();
      const before = await state();
      const file = {
        method: 'POST',
        headers: { 'content-type': 'text/csv' },
        body: 'Account,Sector,Website\nCancity,retail,cancity.test\nNova,media,\n',
      };
      const { id } = await api<{ id: string }>('/accounts/imports', file);
      await api(`/accounts/imports/${id}/run`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
      await over('accounts', id);
      await level();
      expect(await state()).not.toBe(before);
      expect((await rapport('undo', '--import', `accounts/${id}`)).exit).toBe(0);
      await level();
      expect(await state()).toBe(before);
    },
    patience * 180_000,
  );

  it(
    'goes on with an import when it was killed in the middle, and takes every row once',
    async () => {
      const body = `Name,E-mail\n${Array.from({ length: 20_000 }, (_, at) => `Person ${at},p${at}@example.com`).join('\n')}\n`;
      const { id } = await api<{ id: string }>('/contacts/imports', { method: 'POST', headers: { 'content-type': 'text/csv' }, body });
      await api(`/contacts/imports/${id}/run`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
      for (const reached of [3_000, 9_000]) {
        await until(async () => (await api<{ row: number }>(`/contacts/imports/${id}`)).row >= reached);
        await product.pullThePlug();
      }
      const page = await over('contacts', id);
      expect(page.counts).toMatchObject({ created: 20_000, updated: 0, unchanged: 0, rejected: 0 });
      await level();
      const answer = await fetch(
        `${product.url}/api/v1/contacts?limit=1&count=true&filter=${encodeURIComponent('primaryEmail eq "p19999@example.com"')}`,
        {
          headers: { authorization: `Bearer ${token}` },
        },
      );
      expect(answer.headers.get('rapport-count')).toBe('1');
    },
    patience * 180_000,
  );

  const over = (resource: string, id: string) =>
    until(async () => {
      const page = await api<{ status: string; counts: Record<string, number> }>(`/${resource}/imports/${id}`);
      return !['running', 'checking'].includes(page.status) && page;
    });

  it(
    'is whole',
    async () => {
      expect(await product.endWhole()).toEqual([]);
    },
    patience * 120_000,
  );
}
