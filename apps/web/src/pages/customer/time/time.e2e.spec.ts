import { becomes, describePages, openPages, type Pages, type Visit } from '../../../testing/pages.ts';
import { furnish, type Furnished } from '../../../testing/furnish.ts';

describePages('a customer at any moment', () => {
  let pages: Pages;
  /** `refused`: where the server is to refuse, or to say that something is not there. */
  let visit: Visit;
  let strict: Visit;
  let refused: Visit;
  let made: Furnished;
  beforeAll(async () => {
    pages = await openPages();
    made = await furnish(pages);
    [strict, refused] = [await pages.visit(), await pages.visit({ expects: [404, 412] })];
  }, 120_000);
  beforeEach(() => {
    visit = strict;
  });
  afterAll(() => pages?.close());
  afterEach(() => expect(visit.faults).toEqual([]));

  const path = (search = '') => `/contacts/${made.miriam}${search}`;
  const slider = () => visit.page.getByRole('slider', { name: 'Moment shown' });
  const fact = (label: string) => visit.page.locator('dl > div', { has: visit.page.locator(`dt:text-is("${label}")`) }).first();
  const deals = () => visit.page.getByRole('region', { name: /^Deals/ });
  const timeline = () => visit.page.getByRole('region', { name: 'Timeline' });
  const param = (name: string) => new URL(visit.page.url()).searchParams.get(name);
  const at = () => param('at');
  /** Presses the mouse on the track at a share of its width, and holds it there. */
  const grab = async (share: number) => {
    const track = await slider().locator('..').boundingBox();
    await visit.page.mouse.move(track!.x + track!.width * share, track!.y + track!.height / 2);
    await visit.page.mouse.down();
    return track!;
  };

  describe('the line', () => {
    beforeEach(() => visit.go(path()));

    it('is dragged through the life, and every panel follows at once; what is not the same today says so', async () => {
      const { page } = visit;
      // The server is kept waiting: what is loaded has to do.
      let answer = () => {};
      const asked = new Promise<void>((resolve) => (answer = resolve));
      await page.route('**/360?asOf=*', async (route) => {
        await asked;
        await route.continue();
      });
      const track = await grab(0.5);
      await page.mouse.move(track.x + track.width * 0.45, track.y + track.height / 2, { steps: 4 });
      await page.getByText('As it was on').waitFor();
      await fact('Title').getByText('Laboratory buyer').waitFor();
      await fact('Title').getByText('today: Head of laboratory purchasing').waitFor();
      await deals().getByText('open for').first().waitFor();
      expect(await deals().getByText('Won 1').count()).toBe(0);
      expect(await timeline().getByText('Deal won').count()).toBe(0);
      await timeline()
        .getByText(/later entries are hidden/)
        .waitFor();
      expect(await page.locator('[class*=skeleton]').count()).toBe(0);
      answer();
      await page.mouse.up();
      await visit.settled();
      await fact('Title').getByText('Laboratory buyer').waitFor();
      await page.waitForURL(/at=2017-0[3-6]-\d\d/);
      expect(await page.locator('[data-time=past]').count()).toBeGreaterThan(0);
      expect(await page.getByRole('button', { name: 'Edit: Title' }).count()).toBe(0);
      expect(await visit.axe()).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByText('As it was on').waitFor({ state: 'detached' });
      await becomes(at, null);
      await page.unroute('**/360?asOf=*');
    });

    it('is stepped by keys: by days, by months, from change to change, to both ends', async () => {
      const { page } = visit;
      await page.keyboard.press('KeyT');
      await page.getByRole('textbox', { name: 'Go to a date' }).fill('14 jul 2017');
      await page.getByText('14 July 2017', { exact: true }).waitFor();
      await page.keyboard.press('Enter');
      await page.getByText('As it was on 14 July 2017').waitFor();
      await becomes(at, '2017-07-14');
      await slider().focus();
      const steps: [string, string][] = [
        ['ArrowLeft', '13 July 2017'],
        ['ArrowRight', '14 July 2017'],
        ['PageDown', '14 June 2017'],
        ['PageUp', '14 July 2017'],
        ['Shift+ArrowLeft', '20 June 2017'],
        ['Home', '9 December 2016'],
        ['End', 'Today'],
      ];
      for (const [key, says] of steps) {
        await page.keyboard.press(key);
        await page.locator(`[role=slider][aria-valuetext="${says}"]`).waitFor();
      }
      await page.keyboard.press('BracketLeft');
      await page.keyboard.press('BracketLeft');
      await page.getByText('As it was on').waitFor();
      await page.keyboard.press('BracketRight');
      expect(await visit.axe()).toEqual([]);
      await page.keyboard.press('Escape');
    });

    it('shows the same moment to whoever has the address, as it was and as it was known', async () => {
      visit = refused;
      const { page } = visit;
      await visit.go(path('?at=2017-07-14'));
      await fact('Title').getByText('Laboratory buyer').waitFor();
      await page.getByRole('button', { name: 'As we knew it' }).click();
      await page.getByText('We knew nothing of Miriam Adler yet').waitFor();
      await becomes(() => param('known'), '2017-07-14');
      await page.getByRole('button', { name: 'As it was', exact: true }).click();
      await fact('Title').getByText('Laboratory buyer').waitFor();
    });
  });

  it('compares two moments: figures, fields and deals that differ, the rest folded, and what happened between', async () => {
    const { page } = visit;
    await visit.go(path('?at=2017-02-14'));
    await page.keyboard.press('Shift+KeyT');
    const table = page.getByRole('table', { name: /What changed between/ });
    await table.getByRole('row', { name: /Won value 0 .*5,100/ }).waitFor();
    await table.getByRole('row', { name: /Title Laboratory buyer Head of laboratory purchasing/ }).waitFor();
    await table.getByRole('row', { name: /GTX Pro Open Won/ }).waitFor();
    expect(await table.getByRole('row', { name: /Source/ }).count()).toBe(0);
    await page.getByRole('button', { name: 'Show them' }).click();
    await table.getByRole('row', { name: /Source/ }).waitFor();
    await page
      .getByRole('region', { name: /What happened between/ })
      .getByText('Deal won: GTX Pro')
      .waitFor();
    expect(await page.getByRole('slider').count()).toBe(2);
    await page.getByRole('slider', { name: 'Second moment' }).focus();
    await page.keyboard.press('Home');
    await page.locator('[role=slider][aria-label="Second moment"][aria-valuetext="9 December 2016"]').waitFor();
    await page.getByText('did not exist').first().waitFor();
    expect(await visit.axe()).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { level: 2, name: 'Miriam Adler' }).waitFor();
  });

  it('is mirrored in Hebrew: the line runs from right to left, and the arrow that points forward in reading goes forward', async () => {
    visit = await pages.visit({ language: 'he' });
    const { page } = visit;
    await visit.go(path('?at=2017-07-14'));
    const hebrew = page.getByRole('slider');
    const [track, line] = [await hebrew.locator('..').boundingBox(), await hebrew.boundingBox()];
    const share = (track!.x + track!.width - (line!.x + line!.width / 2)) / track!.width;
    expect(share).toBeGreaterThan(0.3);
    expect(share).toBeLessThan(0.7);
    await hebrew.focus();
    await page.keyboard.press('ArrowLeft');
    await page.locator('[role=slider][aria-valuetext="15 ביולי 2017"]').waitFor();
    await page.keyboard.press('ArrowRight');
    await page.locator('[role=slider][aria-valuetext="14 ביולי 2017"]').waitFor();
    await page.keyboard.press('End');
    await page.locator('[role=slider][aria-valuetext="היום"]').waitFor();
    await becomes(at, null);
    const now = await hebrew.boundingBox();
    expect(now!.x + now!.width / 2 - track!.x).toBeLessThan(2);
    // Pressed at its first quarter, from the right: early in the life.
    await page.mouse.click(track!.x + track!.width * 0.75, track!.y + track!.height / 2);
    await page.waitForURL(({ searchParams }) => searchParams.has('at'));
    expect(at()! < '2017-06-01').toBe(true);
    expect(await visit.axe()).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  });

  describe('on a phone', () => {
    beforeEach(async () => {
      visit = await pages.visit({ width: 390, height: 844 });
      await visit.go(path());
    });
    afterEach(() => visit.context.close());

    it('has its parts as tabs, which the address keeps', async () => {
      const { page } = visit;
      await timeline().getByText('Deal won: GTX Pro').waitFor();
      expect(await deals().count()).toBe(0);
      await page.getByRole('tab', { name: 'Facts' }).click();
      await fact('Title').getByText('Head of laboratory purchasing').waitFor();
      await becomes(() => param('panel'), 'facts');
      await page.keyboard.press('ArrowRight');
      await deals().getByText('Won 1').waitFor();
      await page.reload();
      await deals().getByText('Won 1').waitFor();
      expect(await visit.axe()).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    });

    it('has the line at hand above the tabs below, to be moved by a thumb', async () => {
      const { page } = visit;
      const dock = await slider().locator('..').boundingBox();
      expect(dock!.y).toBeGreaterThan(700);
      await page.touchscreen.tap(dock!.x + dock!.width * 0.4, dock!.y + 30);
      await page.getByText('As it was on').waitFor();
      expect(await visit.axe()).toEqual([]);
      await page.getByRole('button', { name: 'Compare' }).tap();
      await page.getByRole('table', { name: /What changed between/ }).waitFor();
      expect(await visit.axe()).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
      await page.getByRole('button', { name: 'Back to today' }).tap();
      await page.getByRole('heading', { level: 2, name: 'Miriam Adler' }).waitFor();
    });
  });

  it.each([
    ['in the dark', { scheme: 'dark' as const }],
    ['on a narrow phone, in Russian', { width: 320, height: 640, language: 'ru' as const }],
    ['in Uzbek', { language: 'uz' as const }],
    ['in Bulgarian', { language: 'bg' as const }],
  ])('is whole %s, today, then, and between two moments', async (_, how) => {
    visit = await pages.visit(how);
    for (const search of ['', '?at=2017-07-14', '?at=2017-02-14&b=today']) {
      await visit.go(path(search));
      expect(await visit.axe()).toEqual([]);
      expect(await visit.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    }
  });
});
