import { readFileSync } from 'node:fs';
import { describePages, openPages, type Pages, type Visit } from '../../testing/pages.ts';

type Money = { amount: string; currency: string };
type Deal = {
  id: string;
  name: string;
  stageId: string;
  status: string;
  worth?: Money;
  wonValue?: Money;
  source?: string;
  expectedCloseOn?: string;
  lines: { quantity: number; price: Money }[];
};
type Stage = { stageId: string; name: string };

const usd = (amount: string) => ({ amount, currency: 'USD' });
const daysFrom = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describePages('deals and products', () => {
  let pages: Pages;
  let visit: Visit;
  let stages: Stage[];
  let pipelineId: string;
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    pages = await openPages();
    const [pipeline] = await pages.api<{ id: string; stages: Stage[] }[]>('GET', '/pipelines');
    [pipelineId, stages] = [pipeline!.id, pipeline!.stages];
    const make = async (path: string, body: object) => (await pages.api<{ id: string }>('POST', path, body)).id;
    ids.desk = await make('/products', { code: 'D1', name: 'Desk', series: 'Office', prices: [usd('90.00')] });
    ids.lamp = await make('/products', { code: 'L1', name: 'Lamp', prices: [{ amount: '25.50', currency: 'EUR' }] });
    ids.account = await make('/accounts', { name: 'Labdrill' });
    ids.ten = await make('/opportunities', { name: 'Ten desks', pipelineId, accountId: ids.account });
    const deals = Array.from({ length: 24 }, (_, at) => ({
      command: 'open',
      data: { name: `Deal ${String(at).padStart(2, '0')}`, pipelineId, value: usd(`${100 + at}.00`) },
    }));
    await pages.api('POST', '/opportunities/bulk', deals);
    visit = await pages.visit({ expects: [409, 412] });
  });
  afterAll(() => pages?.close());
  afterEach(() => expect(visit.faults).toEqual([]));

  const said = (text: string | RegExp) => visit.page.getByText(text).first().waitFor();
  const undone = () => said(/^Undone:/);
  const deal = (id = ids.ten) => pages.api<Deal>('GET', `/opportunities/${id}`);
  const found = (filter: string) => pages.api<Deal[]>('GET', `/opportunities?filter=${encodeURIComponent(filter)}&limit=200`);

  describe('in the list', () => {
    beforeEach(() => visit.go('/deals/list?sort=name'));

    it('are changed together, and taken back as one', async () => {
      const { page } = visit;
      await page.getByRole('grid', { name: 'Deals' }).focus();
      for (const key of ['Home', 'KeyX', 'KeyJ', 'KeyJ', 'Shift+KeyX']) await page.keyboard.press(key);
      const bar = page.getByRole('toolbar', { name: '3 selected' });
      await bar.getByRole('button', { name: 'Stage' }).click();
      await page.getByRole('combobox', { name: 'Stage' }).click();
      await page.getByRole('option', { name: 'Proposal' }).click();
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await said('3 deals are in Proposal now.');
      const moved = await found(`stageId eq "${stages[3]!.stageId}"`);
      expect(moved.map(({ name }) => name).sort()).toEqual(['Deal 00', 'Deal 01', 'Deal 02']);
      expect(await visit.axe()).toEqual([]);
      await page.keyboard.press('Control+KeyZ');
      await undone();
      expect(await found(`stageId eq "${stages[3]!.stageId}"`)).toEqual([]);
    });

    it('are lost together only with a reason', async () => {
      const { page } = visit;
      await page.getByRole('checkbox', { name: 'Select Deal 05' }).click();
      await page.getByRole('toolbar').getByRole('button', { name: 'More' }).click();
      await page.getByRole('menuitem', { name: 'Lose' }).click();
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await said('Say why, in a word or two');
      await page.getByRole('textbox', { name: 'Why it was lost' }).fill('no budget');
      await page.keyboard.press('Enter');
      await said('1 deal is lost: no budget.');
      expect((await found('status eq "lost"')).map(({ name }) => name)).toEqual(['Deal 05']);
      await page.keyboard.press('Control+KeyZ');
      await undone();
    });

    it('are in the bin once they are removed: looked at there, and brought back from their own page', async () => {
      const { page } = visit;
      await page.getByRole('checkbox', { name: 'Select Deal 06' }).click();
      await page.getByRole('toolbar').getByRole('button', { name: 'Remove' }).click();
      await said('1 deal moved to the bin.');
      await page.getByRole('tab', { name: 'Bin 1' }).click();
      await page.getByRole('gridcell').getByRole('link', { name: 'Deal 06' }).click();
      await said('In the bin');
      expect(await page.getByRole('button', { name: /Win|Edit/ }).count()).toBe(0);
      expect(await visit.axe()).toEqual([]);
      await page.getByRole('button', { name: 'Bring back' }).click();
      await said('Deal 06 is back.');
      await page.getByRole('button', { name: 'Win', exact: true }).waitFor();
      expect(await found('name eq "Deal 06"')).toHaveLength(1);
    });

    it('are edited in their place, sorted by what they are worth, and saved as a file', async () => {
      const { page } = visit;
      await page
        .getByRole('row', { name: /Deal 07/ })
        .getByText('Lead generation')
        .dblclick();
      await page.getByRole('option', { name: 'Negotiation' }).click();
      await said('Deal 07 is in Negotiation now.');
      await page.getByRole('row', { name: /Deal 07.*Negotiation/ }).waitFor();
      await page
        .getByRole('row', { name: /Deal 08/ })
        .getByText('108', { exact: true })
        .dblclick();
      await page.getByRole('textbox', { name: 'Value' }).fill('4000,50');
      await page.keyboard.press('Enter');
      await said('Value of Deal 08 is changed.');
      await page.getByRole('columnheader', { name: 'Worth' }).getByRole('button').click();
      await page.getByRole('columnheader', { name: 'Worth' }).getByRole('button').click();
      await page.getByRole('row').nth(1).getByText('4,000.50').waitFor();
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export' }).click()]);
      expect(
        readFileSync(await file.path(), 'utf8')
          .trim()
          .split('\n'),
      ).toHaveLength(26);
    });
  });

  describe('a deal’s page', () => {
    beforeEach(() => visit.go(`/deals/${ids.ten}`));

    it('takes products at their price, adds up exactly, and explains that a deal is in one currency', async () => {
      const { page } = visit;
      await page.getByRole('button', { name: 'Add a product' }).click();
      const form = page.getByRole('form', { name: 'Add a product' });
      await page.getByRole('option', { name: 'Desk' }).click();
      await form.getByRole('textbox', { name: 'Quantity' }).fill('10');
      await form.getByRole('button', { name: 'Add' }).click();
      await said('10 Desk are in Ten desks.');
      await page.getByRole('row', { name: /Together 900/ }).waitFor();
      await page.getByRole('textbox', { name: 'Price of Desk' }).fill('89.95');
      await page.keyboard.press('Enter');
      await page.getByRole('row', { name: /Together 899\.50/ }).waitFor();
      expect(await visit.axe()).toEqual([]);
      await page.getByRole('button', { name: 'Add a product' }).click();
      await page.getByRole('option', { name: 'Lamp' }).click();
      await form.getByRole('button', { name: 'Add' }).click();
      await form.getByText('The product has no list price in the deal’s currency: type one.').waitFor();
      await form.getByRole('textbox', { name: 'Price' }).fill('25');
      await form.getByRole('combobox', { name: 'Currency' }).click();
      await page.getByRole('option', { name: 'EUR' }).click();
      await form.getByRole('button', { name: 'Add' }).click();
      await form.getByText('A deal is in one currency, and this is another.').waitFor();
      await form.getByRole('button', { name: 'Cancel' }).click();
      expect(await deal()).toMatchObject({ worth: usd('899.50'), lines: [{ quantity: 10, price: usd('89.95') }] });
      await page.getByRole('button', { name: 'Undo' }).first().click();
      await page.getByRole('row', { name: /Together 900/ }).waitFor();
    });

    it('moves along its stages, is won, and opened again', async () => {
      const { page } = visit;
      await page.getByRole('button', { name: 'Move to Closing' }).click();
      await said('Ten desks is in Closing now.');
      await page.locator('[aria-current=step]', { hasText: 'Closing' }).waitFor();
      await page.getByRole('button', { name: 'Win', exact: true }).click();
      const form = page.getByRole('form', { name: 'Win Ten desks' });
      await form.getByRole('textbox', { name: 'Won at' }).fill('850');
      await form.getByRole('button', { name: 'Win' }).click();
      await said('Ten desks is won at 850.');
      expect(await deal()).toMatchObject({ status: 'won', wonValue: usd('850') });
      await page.locator('[aria-current=step]', { hasText: 'Won' }).waitFor();
      expect(await page.getByRole('button', { name: 'Add a product' }).count()).toBe(0);
      expect(await visit.axe()).toEqual([]);
      await page.getByRole('button', { name: 'Reopen' }).click();
      await said('Ten desks is open again.');
      await page.getByRole('button', { name: 'Win', exact: true }).waitFor();
    });

    it('keeps what a field was before, and puts it back', async () => {
      const { page } = visit;
      for (const source of ['Trade fair', 'A call']) {
        await page.getByRole('button', { name: 'Edit: Source' }).click();
        await page.getByRole('textbox', { name: 'Source' }).fill(source);
        await page.keyboard.press('Enter');
        await page.getByRole('definition').getByText(source, { exact: true }).waitFor();
      }
      await page.getByRole('button', { name: 'Source over time' }).click();
      const history = page.getByRole('dialog', { name: 'Source over time' });
      await history.getByText('A call').waitFor();
      expect(await visit.axe()).toEqual([]);
      await history.getByRole('listitem').filter({ hasText: 'Trade fair' }).getByRole('button', { name: 'Put back' }).click();
      await page.getByRole('definition').getByText('Trade fair', { exact: true }).waitFor();
      expect((await deal()).source).toBe('Trade fair');
    });

    it('loses neither of two changes at once', async () => {
      const { page } = visit;
      await page.getByRole('button', { name: 'Edit: Source' }).click();
      await page.getByRole('textbox', { name: 'Source' }).fill('Mine');
      await pages.api('PATCH', `/opportunities/${ids.ten}`, { source: 'Theirs' });
      await page.keyboard.press('Enter');
      const clash = page.getByRole('dialog', { name: 'Ten desks' });
      await clash.getByRole('radio', { name: 'Mine' }).waitFor();
      await clash.getByRole('radio', { name: 'Theirs' }).waitFor();
      await clash.getByRole('button', { name: 'Save the chosen values' }).click();
      await said('Source of Ten desks is changed.');
      expect((await deal()).source).toBe('Mine');
    });

    it('plans the next step, and ticks it off', async () => {
      const { page } = visit;
      await page.getByRole('button', { name: 'Plan one' }).click();
      await page.getByRole('textbox', { name: 'What is to be done' }).fill('Call about the legs');
      await page.getByLabel('By', { exact: true }).fill(daysFrom(3));
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await said('“Call about the legs” is noted.');
      await page.getByRole('button', { name: 'Done', exact: true }).click();
      await said('“Call about the legs” is done.');
      await page.getByText('Nothing is planned.').waitFor();
      await page.getByRole('listitem').getByText('Call about the legs').waitFor();
    });

    it('shows the deal as it was, and what is otherwise today', async () => {
      const past = { 'rapport-occurred-at': '2020-03-01T10:00:00Z' };
      const { id } = await pages.api<{ id: string }>(
        'POST',
        '/opportunities',
        { name: 'Old deal', pipelineId, openedOn: '2020-03-01' },
        past,
      );
      await pages.api('PATCH', `/opportunities/${id}`, { source: 'Trade fair' }, { 'rapport-occurred-at': '2020-03-10T10:00:00Z' });
      await pages.api(
        'POST',
        `/opportunities/${id}/win`,
        { closedOn: '2020-04-01', value: usd('10.00') },
        { 'rapport-occurred-at': '2020-04-01T10:00:00Z' },
      );
      const { page } = visit;
      await visit.go(`/deals/${id}?at=2020-03-15`);
      await said('As it was on 15 March 2020');
      await page.getByText('Won 1 Apr 2020, 10').waitFor();
      expect(await page.getByRole('button', { name: /Win|Edit|Undo/ }).count()).toBe(0);
      expect(await visit.axe()).toEqual([]);
      await page.keyboard.press('BracketLeft');
      await page.getByRole('heading', { name: 'It did not exist yet' }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Reopen' }).waitFor();
    });
  });

  it('are made from anywhere, and say in words what is missing', async () => {
    const { page } = visit;
    await visit.go('/contacts');
    await page.keyboard.press('KeyD');
    const drawer = page.getByRole('dialog', { name: 'New deal' });
    await drawer.getByRole('button', { name: 'Save', exact: true }).click();
    await drawer.getByText('Give the deal a name.').waitFor();
    expect(await visit.axe()).toEqual([]);
    await drawer.getByRole('textbox', { name: 'Name' }).fill('Made from afar');
    await drawer.getByRole('textbox', { name: 'Value' }).fill('12.5');
    await drawer.getByRole('button', { name: 'Save and open' }).click();
    await page.getByRole('heading', { level: 1, name: 'Made from afar' }).waitFor();
    expect(await found('name eq "Made from afar"')).toMatchObject([{ worth: { amount: '12.5', currency: 'USD' } }]);
  });

  it('are carried from day to day in the calendar, by keys and by hand', async () => {
    const { page } = visit;
    const month = daysFrom(40).slice(0, 7);
    const [from, to] = [`${month}-10`, `${month}-18`];
    await pages.api('PATCH', `/opportunities/${ids.ten}`, { expectedCloseOn: from });
    await visit.go(`/deals/calendar?month=${month}`);
    const link = page.getByRole('gridcell').getByRole('link', { name: 'Ten desks' });
    await link.focus();
    await page.keyboard.press('Space');
    for (const key of ['ArrowDown', 'ArrowRight', 'Space']) await page.keyboard.press(key);
    await said(/^Ten desks should close on/);
    expect((await deal()).expectedCloseOn).toBe(to);
    expect(await visit.axe()).toEqual([]);
    const undated = page.getByRole('region', { name: 'Without a day' });
    const card = undated.locator('[data-card]').first();
    const id = (await card.getAttribute('data-card'))!;
    const [start, end] = [(await card.boundingBox())!, (await page.locator(`td[data-drop="${month}-05"]`).boundingBox())!];
    await page.mouse.move(start.x + 20, start.y + 10);
    await page.mouse.down();
    await page.mouse.move(end.x + 30, end.y + 30, { steps: 8 });
    await page.locator(`td[data-drop="${month}-05"][data-over]`).waitFor();
    await page.mouse.up();
    await page.locator(`td[data-drop="${month}-05"]`).getByRole('link').waitFor();
    expect((await deal(id)).expectedCloseOn).toBe(`${month}-05`);
    await page.keyboard.press('Control+KeyZ');
    await undone();
    await undated.locator(`[data-card="${id}"]`).waitFor();
  });

  describe('products', () => {
    beforeEach(() => visit.go('/products'));

    it('are made with a price per currency; a code that is taken is said at its field', async () => {
      const { page } = visit;
      await page.getByRole('button', { name: 'New product' }).click();
      const drawer = page.getByRole('dialog', { name: 'New product' });
      await drawer.getByRole('textbox', { name: 'Name' }).fill('Chair');
      await drawer.getByRole('textbox', { name: 'Code' }).fill('d1');
      await drawer.getByRole('button', { name: 'Add' }).click();
      await drawer.getByRole('textbox', { name: 'Price, USD' }).fill('45');
      await drawer.getByRole('button', { name: 'Add' }).click();
      await drawer.getByRole('textbox', { name: 'Price, EUR' }).fill('40,50');
      await drawer.getByRole('button', { name: 'Save', exact: true }).click();
      await drawer.getByRole('textbox', { name: 'Code' }).and(page.locator('[aria-invalid=true]')).waitFor();
      expect(await visit.axe()).toEqual([]);
      await drawer.getByRole('textbox', { name: 'Code' }).fill('C1');
      await drawer.getByRole('button', { name: 'Save', exact: true }).click();
      await said('Chair is sold now.');
      await page.getByRole('row', { name: /Chair.*C1.*45.*€40\.50/ }).waitFor();
    });

    it('are looked at aside with how they sell, and taken out of sale', async () => {
      const { page } = visit;
      await page.getByRole('gridcell').getByRole('link', { name: 'Desk' }).click();
      const drawer = page.getByRole('dialog', { name: 'Desk' });
      await drawer.getByRole('link', { name: '1 open' }).waitFor();
      expect(await visit.axe()).toEqual([]);
      await drawer.getByRole('switch', { name: 'sold' }).uncheck();
      await drawer.getByRole('button', { name: 'Save', exact: true }).click();
      await said('Desk is not sold any more.');
      expect(await pages.api('GET', `/products/${ids.desk}`)).toMatchObject({ active: false });
      await page.getByRole('tab', { name: 'Not sold 1' }).click();
      await page.getByRole('checkbox', { name: 'Select Desk' }).click();
      await page.getByRole('toolbar').getByRole('button', { name: 'Sell', exact: true }).click();
      await said('1 product is sold.');
      await page.keyboard.press('Control+KeyZ');
      await undone();
      await page.getByRole('row', { name: /Desk/ }).waitFor();
    });

    it('change their price in its place', async () => {
      const { page } = visit;
      await page.getByRole('row', { name: /Lamp/ }).getByText('€25.50').dblclick();
      await page.getByRole('textbox', { name: 'Price, EUR' }).fill('27');
      await page.keyboard.press('Enter');
      await said('Lamp is changed.');
      expect(await pages.api('GET', `/products/${ids.lamp}`)).toMatchObject({ prices: [{ amount: '27', currency: 'EUR' }] });
    });
  });

  it.each([
    ['in Hebrew', { language: 'he' }],
    ['on a phone, in Russian', { width: 390, height: 844, language: 'ru' }],
    ['in the dark', { scheme: 'dark' }],
  ] as const)('a deal’s page is whole %s', async (_, how) => {
    const other = await pages.visit(how);
    await other.go(`/deals/${ids.ten}`);
    expect(await other.axe()).toEqual([]);
    expect(await other.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    expect(other.faults).toEqual([]);
    await other.context.close();
  });
});
