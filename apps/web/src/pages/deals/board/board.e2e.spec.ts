import type { Locator } from 'playwright-core';
import { becomes, describePages, openPages, type Pages, type Visit } from '../../../testing/pages.ts';

type Money = { amount: string; currency: string };
type Stage = { stageId: string; name: string; count: number; value: Money[]; cards: Deal[] };
type Deal = { id: string; name: string; stageId: string; status: string; reason?: string; wonValue?: Money };

/** The sample data: 500 deals in Prospecting, 1,589 in Engaging, worth 4,966,215 at list price. */
describePages('the board of deals', () => {
  let pages: Pages;
  let visit: Visit;
  let stages: Stage[];
  beforeAll(async () => {
    pages = await openPages();
    await pages.loadDemo();
    const [pipeline] = await pages.api<{ id: string }[]>('GET', '/pipelines?search=computer');
    stages = (await pages.api<{ stages: Stage[] }>('GET', `/opportunities/board?pipelineId=${pipeline!.id}&limit=3`)).stages;
    visit = await pages.visit({ expects: [409] });
  }, 240_000);
  beforeEach(() => visit.go('/deals/board'));
  afterAll(() => pages?.close());
  afterEach(() => expect(visit.faults).toEqual([]));

  const column = (name: string) => visit.page.getByRole('region', { name }).first();
  const cards = (name: string) => column(name).locator('[data-card]');
  const count = async (name: string, n: string) => column(name).locator('header').getByText(n, { exact: true }).first().waitFor();
  const deal = (id: string) => pages.api<Deal>('GET', `/opportunities/${id}`);
  const idOf = async (card: Locator) => (await card.getAttribute('data-card'))!;
  const undo = () => visit.page.getByRole('region', { name: 'What was done' }).getByRole('button', { name: 'Undo' }).last().click();
  const said = (text: string | RegExp) => visit.page.getByText(text).first().waitFor();
  const live = () => visit.page.locator('[aria-live=assertive]').innerText();

  it('shows what is open by stage, with what it comes to, and draws only what is in view', async () => {
    const { page } = visit;
    await said('2,089 deals');
    await said('4,966,215');
    await count('Prospecting', '500');
    await column('Engaging').getByText('3,892,229').waitFor();
    await column('Engaging').getByText('1,167,668.70 weighted, 30%').waitFor();
    await page.getByRole('heading', { name: 'Won, Oct–Dec 2017' }).waitFor();
    await count('Won', '1,196');
    await column('Won').getByText('2,802,496').waitFor();
    expect(await page.locator('[data-card]').count()).toBeLessThan(100);
    expect(await visit.axe()).toEqual([]);
  });

  it('moves a deal that is pulled to another stage, with its sums, and takes it back', async () => {
    const { page } = visit;
    const card = cards('Prospecting').nth(1);
    const id = await idOf(card);
    const [from, to] = [(await card.boundingBox())!, (await column('Engaging').boundingBox())!];
    await page.mouse.move(from.x + 20, from.y + 10);
    await page.mouse.down();
    await page.mouse.move(to.x + 120, to.y + 200, { steps: 8 });
    await column('Engaging').getByText('Drop here').waitFor();
    await page.mouse.up();
    await said(/is in Engaging now\./);
    await becomes(() => idOf(cards('Engaging').first()), id);
    await count('Prospecting', '499');
    await count('Engaging', '1,590');
    expect((await deal(id)).stageId).toBe(stages[1]!.stageId);
    // A press that went somewhere is no click: the deal's page was not opened.
    expect(new URL(page.url()).pathname).toBe('/deals/board');
    await undo();
    await count('Prospecting', '500');
    expect((await deal(id)).stageId).toBe(stages[0]!.stageId);
  });

  it('is worked by keys: arrows go, Space lifts and drops, Esc puts back, and each step is said', async () => {
    const { page } = visit;
    const first = cards('Prospecting').first();
    await first.focus();
    await page.keyboard.press('ArrowDown');
    await becomes(() => idOf(page.locator('[data-card]:focus')), await idOf(cards('Prospecting').nth(1)));
    await page.keyboard.press('ArrowRight');
    await becomes(() => page.locator('[data-card]:focus').getAttribute('data-column'), stages[1]!.stageId);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Home');
    const id = await idOf(page.locator('[data-card]:focus'));
    await page.keyboard.press('Space');
    await visit.page.locator('[aria-live=assertive]', { hasText: /is lifted\. Arrows carry it/ }).waitFor();
    await page.keyboard.press('ArrowRight');
    await becomes(live, 'Over Engaging, column 2 of 4.');
    await page.keyboard.press('Escape');
    await becomes(live, '');
    expect((await deal(id)).stageId).toBe(stages[0]!.stageId);
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await said(/is in Engaging now\./);
    // The focus has gone along.
    await page.locator(`[data-column="${stages[1]!.stageId}"][data-card="${id}"]:focus`).waitFor();
    await page.keyboard.press('Control+KeyZ');
    await count('Prospecting', '500');
  });

  it('puts a deal back, and says why, when what was meant is refused', async () => {
    const { page } = visit;
    const card = cards('Prospecting').first();
    const id = await idOf(card);
    await card.focus();
    await page.keyboard.press('Space');
    // While it is in the air somebody else loses it: what others do waits until it is put down.
    await pages.api('POST', `/opportunities/${id}/lose`, { reason: 'went elsewhere' });
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await said('The deal is closed; reopen it first.');
    await count('Prospecting', '499');
    await count('Engaging', '1,589');
    await pages.api('POST', `/opportunities/${id}/reopen`, {});
    await count('Prospecting', '500');
  });

  it('loses a deal where it is dropped, with its reason, and takes that back', async () => {
    const { page } = visit;
    const card = cards('Engaging').first();
    const id = await idOf(card);
    await card.hover();
    await column('Engaging')
      .getByRole('button', { name: /what can be done/ })
      .first()
      .click();
    await page.getByRole('menuitem', { name: 'Lose' }).click();
    const form = page.getByRole('form', { name: /^Lose / });
    await form.getByRole('button', { name: 'Lose' }).click();
    await form.getByText('Say why, in a word or two').waitFor();
    expect(await visit.axe()).toEqual([]);
    await form.getByRole('combobox', { name: 'Why it was lost' }).fill('too dear');
    await page.keyboard.press('Enter');
    await said(/is lost: too dear\./);
    await count('Engaging', '1,588');
    await page.getByRole('heading', { name: 'Lost, this quarter' }).waitFor();
    expect(await deal(id)).toMatchObject({ status: 'lost', reason: 'too dear' });
    await undo();
    await count('Engaging', '1,589');
    expect((await deal(id)).status).toBe('open');
  });

  it('wins a deal that is carried there, at the value and on the day that are shown', async () => {
    const { page } = visit;
    const card = cards('Engaging').first();
    const id = await idOf(card);
    await card.focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    const form = page.getByRole('form', { name: /^Win / });
    await form.getByRole('textbox', { name: 'Won at' }).fill('1234,50');
    await page.keyboard.press('Enter');
    await said(/is won at 1,234\.50\./);
    await column('Won').getByText('1,234.50').first().waitFor();
    expect(await deal(id)).toMatchObject({ status: 'won', wonValue: { amount: '1234.50', currency: 'USD' } });
    await undo();
    await count('Engaging', '1,589');
  });

  it('shows what others do, in its place', async () => {
    const id = await idOf(cards('Prospecting').nth(2));
    await pages.api('PATCH', `/opportunities/${id}`, { name: 'Renamed elsewhere' });
    await cards('Prospecting').getByText('Renamed elsewhere').waitFor();
    await pages.api('POST', `/opportunities/${id}/stage`, { stageId: stages[1]!.stageId });
    await cards('Engaging').getByText('Renamed elsewhere').waitFor();
    await count('Engaging', '1,590');
    await pages.api('POST', `/opportunities/${id}/stage`, { stageId: stages[0]!.stageId });
    await count('Engaging', '1,589');
  });

  it('keeps what is searched for, and what has stalled, as a sentence', async () => {
    const { page } = visit;
    await page.getByRole('searchbox', { name: 'Search' }).fill('konex');
    await cards('Engaging').getByText(/Konex/).first().waitFor();
    await page.waitForFunction(() => document.querySelectorAll('[data-card]').length < 100);
    await page.getByText('500', { exact: true }).waitFor({ state: 'detached' });
    await page.getByRole('searchbox', { name: 'Search' }).fill('');
    await page.getByRole('button', { name: 'Stalled' }).click();
    await count('Prospecting', '0');
    await count('Engaging', '1,589');
    await page.getByText('In stage since', { exact: true }).waitFor();
    expect(await visit.axe()).toEqual([]);
    await page.getByRole('button', { name: 'Stalled' }).click();
    await count('Prospecting', '500');
  });

  it('asks for further cards as a column is gone through', async () => {
    const { page } = visit;
    await cards('Engaging').first().focus();
    await page.keyboard.press('End');
    await page.locator('[data-at="39"]:focus').waitFor();
    await page.locator('[data-at="45"]').first().waitFor();
    await page.keyboard.press('End');
    await page.waitForFunction(() => Number((document.activeElement as HTMLElement | null)?.dataset.at) > 60);
  });

  it('shows the board as of a day: its sums are the figures’, each card says what has become of it, nothing can be moved', async () => {
    const { page } = visit;
    const [figures] = (
      await pages.api<{ figures: { open: number; openValue: Money[]; wonValue: Money[] }[] }>('GET', '/figures/sales?asOf=2017-06-30')
    ).figures;
    expect(figures).toMatchObject({ open: 1686, openValue: [{ amount: '4216807.00' }] });
    await page.keyboard.press('KeyT');
    await page.getByLabel('Choose a day').fill('2017-06-30');
    await said('As it was on 30 June 2017');
    await said('1,686 deals');
    await count('Engaging', '1,686');
    await column('Engaging').getByText('4,216,807', { exact: true }).waitFor();
    const since = page.getByRole('region', { name: 'What became of the 1,686 open deals' });
    const parts = await since.getByRole('definition').allInnerTexts();
    expect(parts.slice(0, -1).reduce((sum, part) => sum + Number(part.replace(',', '')), 0)).toBe(1686);
    await cards('Engaging').first().waitFor();
    await column('Engaging')
      .getByText(/^Won \d+ \w+ 2017, [\d,]+$/)
      .first()
      .waitFor();
    await column('Engaging').getByText('still there today').first().waitFor();
    await count('Won', '1,254');
    expect(await page.getByRole('button', { name: /what can be done|New deal/ }).count()).toBe(0);
    expect(await visit.axe()).toEqual([]);
    await cards('Engaging').first().focus();
    await page.keyboard.press('Space');
    expect(await page.locator('[aria-live=assertive]').count()).toBe(0);
    await page.keyboard.press('BracketLeft');
    await said('As it was on 31 May 2017');
    await page.getByRole('button', { name: 'As we knew it' }).click();
    await page.getByRole('heading', { name: 'Nothing was open then' }).waitFor();
    await page.keyboard.press('Escape');
    await said('2,089 deals');
    await becomes(() => new URL(page.url()).search, '');
  });

  it('mirrors in Hebrew: stages run from the right, and the arrow that points on goes on', async () => {
    const hebrew = await pages.visit({ language: 'he' });
    await hebrew.go('/deals/board');
    const { page } = hebrew;
    const [first, second] = stages.map(({ stageId }) => page.locator(`[data-column="${stageId}"]`).first());
    expect((await first!.boundingBox())!.x).toBeGreaterThan((await second!.boundingBox())!.x);
    await first!.focus();
    await page.keyboard.press('ArrowLeft');
    await becomes(() => page.locator('[data-card]:focus').getAttribute('data-column'), stages[1]!.stageId);
    expect(await hebrew.axe()).toEqual([]);
    expect(hebrew.faults).toEqual([]);
    await hebrew.context.close();
  });

  it('is made for a thumb: a column at a time, and a card that is held is carried to another', async () => {
    const phone = await pages.visit({ width: 390, height: 844 });
    await phone.go('/deals/board');
    const { page } = phone;
    expect(await phone.axe()).toEqual([]);
    const chip = page.getByRole('button', { name: /^Engaging/ });
    const card = page.locator('[data-card]').first();
    const id = await idOf(card);
    const [from, to] = [(await card.boundingBox())!, (await chip.boundingBox())!];
    const touch = await phone.context.newCDPSession(page);
    const at = (x: number, y: number) => ({ touchPoints: [{ x, y }] });
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', ...at(from.x + 30, from.y + 10) });
    await page.locator('[data-ghost]').waitFor();
    await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', ...at(from.x + 40, from.y - 40) });
    await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', ...at(to.x + 40, to.y + 15) });
    await page.locator('[data-target=over]').waitFor();
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await page.getByText(/is in Engaging now\./).waitFor();
    expect((await deal(id)).stageId).toBe(stages[1]!.stageId);
    await chip.click();
    await becomes(() => idOf(page.locator('[data-card]').first()), id);
    await page.getByRole('region', { name: 'What was done' }).getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Engaging 1,589' }).waitFor();
    expect(phone.faults).toEqual([]);
    await phone.context.close();
  });
});
