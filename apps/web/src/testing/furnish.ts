import type { Pages } from './pages.ts';

export type Furnished = { labdrill: string; miriam: string; double: string; gone: string };
type Result = { id?: string; status: number; problem?: { detail: string } };

/** A customer with a year behind her: dated back, as a file would bring it. */
export async function furnish(pages: Pages): Promise<Furnished> {
  const bulk = async (resource: string, items: object[]) => {
    const results = await pages.api<Result[]>('POST', `/${resource}/bulk`, items);
    for (const { status, problem } of results) if (status >= 400) throw new Error(`${resource}: ${problem?.detail}`);
    return results.map(({ id }) => id!);
  };
  const on = (day: string) => ({ occurredAt: `${day}T09:00:00Z` });
  const create = (data: object, day: string) => ({ command: 'create', data, ...on(day) });
  const change = (id: string, data: object, day: string) => ({ id, command: 'change', data, ...on(day) });

  const [labdrill] = await bulk('accounts', [
    create({ name: 'Labdrill', sector: 'medical', country: 'US', employees: 9226 }, '2016-10-01'),
  ]);
  const [miriam, double, gone] = await bulk('contacts', [
    create(
      {
        name: 'Miriam Adler',
        jobTitle: 'Laboratory buyer',
        accountId: labdrill,
        source: 'Trade fair list',
        emails: [{ address: 'm.adler@labdrill.example' }],
        phones: [{ number: '+1 617 555 0142' }],
      },
      '2016-12-09',
    ),
    create({ name: 'M. Adler', jobTitle: 'Purchasing', emails: [{ address: 'madler@mail.example' }] }, '2017-02-02'),
    create({ name: 'Perpetua Vanishing', jobTitle: 'Quaestor' }, '2017-03-01'),
  ]);
  const about = [`contacts.contact/${miriam}`];
  await bulk('activities', [
    { command: 'record', data: { kind: 'call', about, subject: 'Introduced the GTX line' }, ...on('2017-01-10') },
    { command: 'record', data: { kind: 'meeting', about, subject: 'Visited the lab' }, ...on('2017-06-20') },
    { command: 'record', data: { kind: 'message', about, subject: 'Thanks for the quick help' }, ...on('2017-12-28') },
  ]);
  await bulk('contacts', [
    change(miriam!, { tags: ['Key customer'] }, '2017-08-01'),
    change(miriam!, { jobTitle: 'Head of laboratory purchasing' }, '2017-09-11'),
  ]);
  const { id: pipelineId } = await pages.api<{ id: string }>('POST', '/pipelines', {
    name: 'Hardware',
    stages: [{ name: 'Engaging', probability: 40 }],
  });
  const deal = (name: string, openedOn: string, amount: string) => ({
    ...create({ name, pipelineId, accountId: labdrill, contactId: miriam, openedOn, value: { amount, currency: 'USD' } }, openedOn),
    command: 'open',
  });
  const [won, lost] = await bulk('opportunities', [
    deal('GTX Pro', '2017-02-01', '5100'),
    deal('GTX Basic', '2017-05-02', '550'),
    deal('GTX Plus Pro', '2017-10-05', '5482'),
  ]);
  await bulk('opportunities', [
    { id: won, command: 'win', data: { closedOn: '2017-08-15' }, ...on('2017-08-15') },
    { id: lost, command: 'lose', data: { reason: 'bought elsewhere', closedOn: '2017-10-20' }, ...on('2017-10-20') },
  ]);
  await pages.level();
  return { labdrill: labdrill!, miriam: miriam!, double: double!, gone: gone! };
}
