import { readFileSync } from 'node:fs';
import { describePages, openPages, type Pages, type Visit } from './pages.ts';

const PEOPLE = [
  'First Name,Last Name,Email,Company,Shoe size',
  'Ann,Lee,ann.lee@example.com,Acme,38',
  'Bob,Stone,no address,Acme,42',
  'דנה,לוי,dana@example.com,Acme,37',
  'Short',
].join('\n');
/** Files are worked on in a thread of their own, which starts with the first of them. */
const LONG = 120_000;
const csv = (name: string, text: string | Buffer) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text as string) });

describePages('the import', () => {
  let pages: Pages;
  let visit: Visit;
  beforeAll(async () => {
    pages = await openPages();
    visit = await pages.visit({ expects: [400] });
    visit.page.setDefaultTimeout(LONG);
  }, LONG);
  afterAll(() => pages?.close());
  afterEach(() => expect(visit.faults).toEqual([]));

  const button = (name: string | RegExp) => visit.page.getByRole('button', { name, exact: typeof name === 'string' });
  const choose = (file: ReturnType<typeof csv>) => visit.page.locator('input[type=file]').setInputFiles(file);
  const names = async () => (await pages.api<{ name: string }[]>('GET', '/contacts?sort=name')).map(({ name }) => name);

  it('says plainly what is wrong with a file, and what would be right', async () => {
    const { page } = visit;
    await visit.go('/import/contacts');
    await choose(csv('people.xlsx', Buffer.from([0x50, 0x4b, 3, 4])));
    await page.getByText('people.xlsx is a spreadsheet, not a CSV file.').waitFor();
    await choose(csv('open.csv', 'Name,E-mail\nAnn,"ann@example.com\n'));
    await page.getByText(/The file cannot be read at line 2/).waitFor();
    // „Мария“ as Windows writes it.
    const old = Buffer.concat([Buffer.from('Name,E-mail\n'), Buffer.from([0xcc, 0xe0, 0xf0, 0xe8, 0xff]), Buffer.from(',m@example.com\n')]);
    await choose(csv('old.csv', old));
    await page.getByText('In which encoding is it written?').waitFor();
    await page.getByText('Мария').waitFor();
    expect(await visit.axe()).toEqual([]);
    await button('Take it so').click();
    await page.getByRole('heading', { name: 'Which column goes where' }).waitFor();
    await page.getByText('Мария').waitFor();
    expect(await names()).toEqual([]);
  });

  it(
    'tries a file, takes what is right, gives back what is not, and is undone as a whole',
    async () => {
      const { page } = visit;
      await visit.go('/import');
      await page.getByRole('link', { name: /^Contacts People/ }).click();
      await choose(csv('people.csv', PEOPLE));
      await page.getByText('4 of 5 are mapped').waitFor();
      await page.getByRole('combobox', { name: 'Shoe size' }).click();
      await page.getByRole('option', { name: 'Own field: shoeSize' }).click();
      await page.getByText('5 of 5 are mapped').waitFor();
      expect(await visit.axe()).toEqual([]);

      await button('Try all 4 rows').click();
      await page.getByRole('heading', { name: 'What would happen' }).waitFor();
      const finding = page.getByRole('listitem').filter({ hasText: 'is no e-mail address' });
      await finding.getByText('Right would be: name@example.com').waitFor();
      await finding.getByText('row 3').waitFor();
      expect(await visit.axe()).toEqual([]);
      expect(await names()).toEqual([]);

      await button('Import 4 rows').click();
      await page.getByRole('heading', { name: 'What happened' }).waitFor();
      expect(await names()).toEqual(['Ann Lee', 'דנה לוי']);
      const [file] = await Promise.all([page.waitForEvent('download'), button('Rejected rows as a file').click()]);
      expect(
        readFileSync(await file.path(), 'utf8')
          .split('\r\n')
          .slice(1),
      ).toEqual(['3,Email is no e-mail address,Bob,Stone,no address,Acme,42', expect.stringMatching(/^5,has 1 cells/), '']);

      await page.reload();
      await button('Undo this import').click();
      await page.getByText('It was taken back whole').waitFor();
      expect([await names(), await pages.api('GET', '/accounts')]).toEqual([[], []]);
      await visit.go('/contacts');
      await page.getByRole('gridcell', { name: 'Ann Lee' }).waitFor({ state: 'detached' });
      await visit.go('/import');
      await page.getByRole('row', { name: /people\.csv.*Undone/ }).waitFor();
      // Whoever looks at it later sees so, and can do it again.
      await page.evaluate(() => sessionStorage.clear());
      await page.getByRole('link', { name: 'people.csv' }).click();
      await page.getByText('It was taken back whole').waitFor();
      expect(await visit.axe()).toEqual([]);
      await button('Do it again').click();
      await button('Undo this import').waitFor();
      expect(await names()).toEqual(['Ann Lee', 'דנה לוי']);
    },
    LONG,
  );

  it.each([
    ['in the dark', { scheme: 'dark' }],
    ['on a phone, in Hebrew', { width: 390, height: 844, language: 'he' }],
    ['on a narrow phone, in Russian', { width: 320, height: 640, language: 'ru' }],
  ] as const)('is whole %s', async (_, how) => {
    const [ready] = await pages.api<{ id: string }[]>('GET', `/contacts/imports?filter=${encodeURIComponent('status eq "ready"')}`);
    const [done] = await pages.api<{ id: string }[]>('GET', `/contacts/imports?filter=${encodeURIComponent('status eq "done"')}`);
    const other = await pages.visit(how);
    // By its address alone it is found, and so is one that is over.
    for (const path of [`/imports/${ready!.id}`, `/imports/${done!.id}?of=contacts`]) {
      await other.go(path);
      await other.page.getByRole('heading', { level: 2 }).first().waitFor();
      expect(await other.axe()).toEqual([]);
      expect(await other.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    }
    expect(other.faults).toEqual([]);
    await other.context.close();
  });

  it('is not offered to a role that may not, which is told who can', async () => {
    const other = await pages.visit();
    await other.page.route('**/api/v1/me', async (route) => {
      const me = (await (await route.fetch()).json()) as { abilities: { may: string[] }[] };
      await route.fulfill({ json: { ...me, abilities: me.abilities.map((one) => ({ ...one, may: ['read'] })) } });
    });
    await other.go('/contacts');
    expect(await other.page.getByRole('link', { name: 'Import' }).count()).toBe(0);
    await other.go('/import/contacts');
    await other.page.getByRole('heading', { name: 'Your role may not import' }).waitFor();
    expect(await other.page.locator('input[type=file]').count()).toBe(0);
    expect(other.faults).toEqual([]);
    await other.context.close();
  });
});
