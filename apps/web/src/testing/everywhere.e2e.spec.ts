import { ADMIN, describePages, openPages, signIn, type How, type Pages, type Visit } from './pages.ts';

/** Every page there is: a page that is added is added here, and looked at in every way below. */
const PAGES = [
  '/',
  '/contacts',
  '/accounts',
  '/deals/board',
  '/deals/list',
  '/deals/calendar',
  '/products',
  '/import',
  '/import/contacts',
  '/figures/sales',
  ...['', '/profile', '/company', '/people', '/teams', '/roles', '/pipelines', '/keys', '/imports', '/audit', '/streams', '/system'].map(
    (page) => `/settings${page}`,
  ),
];

/** What is longest, and what is worked by thumb: enough to see that a language fits, where another way meets every page. */
const SOME = [
  '/',
  '/contacts',
  '/deals/board',
  '/deals/calendar',
  '/import/contacts',
  '/figures/sales',
  '/settings/people',
  '/settings/system',
];

const WAYS: [string, How, string[]?][] = [
  ['by light', {}],
  ['in the dark', { scheme: 'dark' }],
  ['in Hebrew', { language: 'he' }],
  ['on a phone', { width: 390, height: 844 }],
  ['in Bulgarian', { language: 'bg' }, SOME],
  ['in Uzbek', { language: 'uz' }, SOME],
  ['on a narrow phone, in Russian', { width: 320, height: 640, language: 'ru' }, SOME],
  ['on a phone, in Hebrew', { width: 390, height: 844, language: 'he' }, SOME],
];

describePages('every page', () => {
  let pages: Pages;
  beforeAll(async () => {
    pages = await openPages();
    await pages.api('POST', '/accounts', { name: 'Labdrill', sector: 'medical' });
    const people = ['Miriam Adler', 'דנה לוי', 'Олена Коваль', 'Георги Петров', 'Gulnora Yusupova'];
    for (const [at, name] of people.entries())
      await pages.api('POST', '/contacts', {
        name,
        jobTitle: 'Head of laboratory purchasing',
        tags: ['key customer'],
        emails: [{ address: `p${at}@example.com` }],
      });
    const [pipeline] = await pages.api<{ id: string }[]>('GET', '/pipelines');
    await pages.api('POST', '/opportunities', {
      name: 'Ten desks',
      pipelineId: pipeline!.id,
      value: { amount: '900.00', currency: 'USD' },
    });
    await pages.api('POST', '/products', { code: 'D1', name: 'Desk', prices: [{ amount: '90.00', currency: 'USD' }] });
  });
  afterAll(() => pages?.close());

  // One test a way, in one visit: the pages follow each other as somebody would go through them.
  it.each(WAYS)(
    '%s every page is whole: no error, nothing that axe finds, nothing that runs over',
    async (_, how, which = PAGES) => {
      const visit = await pages.visit(how);
      const wrong: Record<string, unknown> = {};
      await visit.go('/');
      for (const path of which) {
        await visit.to(path);
        const over = await visit.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        const found = [...(await visit.axe()), ...(over > 0 ? [`runs over by ${over} px`] : []), ...visit.faults.splice(0)];
        if (found.length > 0) wrong[path] = found;
      }
      expect(wrong).toEqual({});
      await visit.context.close();
    },
    120_000,
  );

  describe('for somebody who', () => {
    let visit: Visit;
    beforeEach(async () => {
      visit = await pages.visit();
      await visit.go('/');
    });
    afterEach(async () => {
      expect(visit.faults).toEqual([]);
      await visit.context.close();
    });

    it('has only a keyboard: skips to the page, goes anywhere, sees which keys there are, and can switch letters off', async () => {
      const { page } = visit;
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the page');
      await page.keyboard.press('Enter');
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
      await page.keyboard.press('KeyG');
      await page.keyboard.press('KeyC');
      await page.getByRole('grid', { name: 'Contacts' }).waitFor();
      expect(await page.title()).toBe('Contacts · Rapport');
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
      await page.keyboard.press('Shift+Slash');
      const keys = page.getByRole('dialog', { name: 'Keys' });
      await keys.getByText('Go to: Contacts').waitFor();
      expect(await visit.axe()).toEqual([]);
      await keys.getByRole('switch', { name: 'Single letters act' }).uncheck();
      await page.keyboard.press('Escape');
      await keys.waitFor({ state: 'detached' });
      await page.keyboard.press('KeyG');
      await page.keyboard.press('KeyH');
      await page.keyboard.press('Control+KeyK');
      await page.getByRole('combobox', { name: 'Search or jump to' }).waitFor();
      expect(new URL(page.url()).pathname).toBe('/contacts');
    });

    it('types on another layout: letters go by their place', async () => {
      const { page } = visit;
      for (const [code, key] of [
        ['KeyG', 'п'],
        ['KeyC', 'с'],
      ])
        await page.evaluate(
          ([code, key]) => document.body.dispatchEvent(new KeyboardEvent('keydown', { code, key, bubbles: true, cancelable: true })),
          [code, key],
        );
      await page.getByRole('grid', { name: 'Contacts' }).waitFor();
    });

    it('changes the language: all of it turns, mirrored, and stays so', async () => {
      const { page } = visit;
      await page.getByRole('button', { name: /your menu/ }).click();
      expect(await visit.axe()).toEqual([]);
      await page.getByRole('combobox', { name: 'Language' }).click();
      await page.getByRole('option', { name: 'עברית' }).click();
      await page.getByRole('heading', { level: 1, name: 'בית' }).waitFor();
      await page.keyboard.press('Escape');
      const rail = await page.getByRole('navigation', { name: 'ראשי' }).first().boundingBox();
      expect(rail!.x).toBeGreaterThan(1300);
      await page.reload();
      await page.getByRole('heading', { level: 1, name: 'בית' }).waitFor();
      expect(await page.evaluate(() => [document.documentElement.dir, document.documentElement.lang])).toEqual(['rtl', 'he']);
      await pages.api('PATCH', '/me', { language: 'en' });
    });

    it('goes where nothing is: it says so, and leads back', async () => {
      const { page } = visit;
      await visit.go('/contacts/no/such/page');
      await page.getByRole('heading', { name: 'There is nothing at this address' }).waitFor();
      expect(await visit.axe()).toEqual([]);
      await page.getByRole('link', { name: 'Go to home' }).click();
      await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    });
  });

  it('is read without a connection as it was last seen, says so, and comes back by itself', async () => {
    const visit = await pages.stranger({ offline: true });
    const { page, context } = visit;
    await page.goto(`${pages.server.url}/`);
    await signIn(page, ADMIN);
    await page.waitForFunction(async () => (await navigator.serviceWorker.getRegistration())?.active?.state === 'activated');
    // The worker has the page from its next loading on.
    await visit.go('/contacts');
    await page.getByRole('gridcell', { name: 'Miriam Adler', exact: true }).waitFor();
    await visit.settled();
    await context.setOffline(true);
    await page.reload();
    await page.getByRole('gridcell', { name: 'Miriam Adler', exact: true }).waitFor();
    await page.getByText('You are offline.').waitFor();
    await context.setOffline(false);
    await page.getByText('You are offline.').waitFor({ state: 'detached', timeout: 40_000 });
    await context.close();
  }, 90_000);

  it('offers a role what it may, and no more', async () => {
    const roles = await pages.api<{ id: string; name: string }[]>('GET', '/roles');
    const readOnly = roles.find(({ name }) => name === 'read-only')!.id;
    const { id } = await pages.api<{ id: string }>('GET', '/me');
    expect(readOnly).toBeDefined();
    const visit = await pages.visit();
    // As the server answers somebody who may only read.
    await visit.page.route('**/api/v1/me', async (route) => {
      const answer = await route.fetch();
      const me = (await answer.json()) as { abilities: { may: string[] }[] };
      await route.fulfill({ json: { ...me, id, abilities: me.abilities.map((one) => ({ ...one, may: ['read'] })) } });
    });
    await visit.go('/contacts');
    await visit.page.getByRole('gridcell', { name: 'Miriam Adler', exact: true }).waitFor();
    expect(await visit.page.getByRole('button', { name: /New contact|Export|Save as a view/ }).count()).toBe(0);
    expect(visit.faults).toEqual([]);
    await visit.context.close();
  });
});
