import { readFileSync } from 'node:fs';
import { tokenOf, until } from '#testing/all-in-one';
import { becomes, describePages, openPages, type Pages, type Visit } from './pages.ts';

const DEALS = [
  'External id,Name,Stage,Amount,Create date,Close date',
  '1,Desks,Won,1000,2017-01-10,2017-02-09',
  '2,Chairs,Won,2500,2017-02-01,2017-05-02',
  '3,Lamps,Lost,0,2017-02-01,2017-03-01',
  '4,Shelves,,4000,2017-03-01,',
].join('\n');

/** Files are worked on in a thread of their own, which starts with the first of them. */
const LONG = 120_000;

describePages('the figures', () => {
  let pages: Pages;
  let visit: Visit;
  beforeAll(async () => {
    pages = await openPages();
    const authorization = `Bearer ${await tokenOf(pages.host, pages.server.url)}`;
    const answer = await fetch(`${pages.server.url}/api/v1/opportunities/imports`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'text/csv' },
      body: DEALS,
    });
    const { id } = (await answer.json()) as { id: string };
    await pages.api('PATCH', `/opportunities/imports/${id}`, { currency: 'USD' });
    await pages.api('POST', `/opportunities/imports/${id}/run`, {});
    await until(async () => (await pages.api<{ status: string }>('GET', `/opportunities/imports/${id}`)).status === 'done');
    visit = await pages.visit();
  }, LONG);
  afterAll(() => pages?.close());
  afterEach(() => expect(visit?.faults).toEqual([]));

  const param = (name: string) => new URL(visit.page.url()).searchParams.get(name);

  it('opens every number to the deals it is made of', async () => {
    await visit.go('/figures');
    expect(new URL(visit.page.url()).pathname).toBe('/figures/sales');
    await visit.page.getByRole('button', { name: '3,500', exact: true }).first().click();
    const drawer = visit.page.getByRole('dialog', { name: 'Won' });
    await drawer.getByText('Desks').waitFor();
    expect(await drawer.getByRole('list', { name: 'Deals behind this number' }).getByRole('listitem').count()).toBe(2);
    expect(await visit.axe()).toEqual([]);
    await visit.page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    // A number of a table, by keyboard.
    await visit.page.getByRole('row', { name: /^Q2/ }).getByRole('button', { name: '2,500' }).first().focus();
    await visit.page.keyboard.press('Enter');
    await visit.page.getByRole('dialog', { name: 'Won · Q2 2017' }).getByText('Chairs').waitFor();
    await visit.page.keyboard.press('Escape');
  });

  it('shows other numbers as of a former day, beside those of today, and goes back', async () => {
    await visit.go('/figures/sales?at=2017-03-31');
    await visit.page.getByText('As it was on 31 March 2017').waitFor();
    await visit.page.getByText('today: 3,500').waitFor();
    await visit.page.getByRole('button', { name: '1,000', exact: true }).first().click();
    const drawer = visit.page.getByRole('dialog', { name: 'Won' });
    await drawer.getByText('Desks').waitFor();
    expect(await drawer.getByText('Chairs').count()).toBe(0);
    expect(await visit.axe()).toEqual([]);
    await visit.page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await visit.page.getByRole('button', { name: /^Back to today/ }).click();
    await visit.page.getByRole('button', { name: '3,500', exact: true }).first().waitFor();
    await becomes(() => param('at'), null);
  });

  it('is looked at by period, which is in the address, and teaches where there is nothing', async () => {
    await visit.go('/figures/sales');
    await visit.page.getByRole('button', { name: 'This quarter' }).click();
    await visit.page.getByRole('heading', { name: 'Won value by month' }).waitFor();
    await becomes(() => param('period'), 'quarter');
    await visit.page.getByRole('button', { name: 'All time' }).click();
    await visit.page
      .getByRole('row', { name: /^Q1 2017/ })
      .first()
      .waitFor();
  });

  it('gives the numbers beneath a chart as a file', async () => {
    await visit.go('/figures/sales');
    const save = visit.page.getByRole('button', { name: 'Save the table: Won value by quarter' });
    const [file] = await Promise.all([visit.page.waitForEvent('download'), save.click()]);
    expect(readFileSync(await file.path(), 'utf8')).toContain('Q2,2500.00,100.00,90');
  });

  it.each([
    ['in the dark', { scheme: 'dark' }],
    ['in Hebrew', { language: 'he' }],
    ['on a phone', { width: 390, height: 844 }],
    ['on a narrow phone, in Russian', { width: 320, height: 640, language: 'ru' }],
  ] as const)('is whole %s', async (_, how) => {
    const other = await pages.visit(how);
    for (const path of ['/figures/sales', '/figures/sales?at=2017-03-31']) {
      await other.go(path);
      await other.page.locator('canvas').first().waitFor();
      expect(await other.axe()).toEqual([]);
      expect(await other.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    }
    expect(other.faults).toEqual([]);
    await other.context.close();
  });
});
