import { ADMIN, describePages, openPages, signIn, type Pages, type Visit } from './pages.ts';

describePages('the first run', () => {
  let pages: Pages;
  let visit: Visit;
  beforeAll(async () => {
    pages = await openPages({ begun: false });
    visit = await pages.stranger({ expects: [401, 410] });
  });
  afterAll(() => pages?.close());
  afterEach(() => expect(visit.faults).toEqual([]));

  it('asks the first person how to sign in, and says at each field what is wrong', async () => {
    const { page } = visit;
    await visit.go(pages.server.link);
    expect(await visit.axe()).toEqual([]);
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByText('Say your name.').waitFor();
    await page.getByText('It has fewer than 12 characters.').waitFor();
    await page.getByLabel('Your name').fill(ADMIN.name);
    await page.getByLabel('E-mail').fill(ADMIN.email);
    await page.getByRole('textbox', { name: 'Password' }).fill(ADMIN.password);
  });

  it('loads the sample data, file by file, and opens the product', async () => {
    const { page } = visit;
    await page.getByRole('radio', { name: /Sample data/ }).check();
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByRole('heading', { name: 'Loading the sample data' }).waitFor();
    await page.getByText('8,800 of 8,800').waitFor({ timeout: 100_000 });
    await page.getByRole('heading', { name: 'Ready' }).waitFor({ timeout: 70_000 });
    await pages.level();
    await page.getByRole('link', { name: 'Open Rapport' }).click();
    await page.getByRole('heading', { name: `Good`, exact: false }).first().waitFor();
    await page.getByText('2,802,496').waitFor();
    expect(await visit.axe()).toEqual([]);
  }, 240_000);

  it('finds a person by the beginning of a name, in any script', async () => {
    const { page } = visit;
    await page.keyboard.press('Control+KeyK');
    await page.getByRole('combobox', { name: 'Search or jump to' }).pressSequentially('лабун');
    await page.getByRole('option', { name: /Дина Лабунская/ }).click();
    await page.getByRole('heading', { name: 'Дина Лабунская', level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).toMatch(/^\/contacts\/.+/);
  });

  it('stays signed in when the page is loaded again, and keeps no token where a script can read it', async () => {
    const { page } = visit;
    await page.reload();
    await page.getByRole('heading', { name: 'Дина Лабунская', level: 1 }).waitFor();
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie);
    expect(kept).not.toMatch(/eyJ|token/);
  });

  it('ends cleanly: the next page asks to sign in, and so does going back', async () => {
    const { page } = visit;
    await page.getByRole('button', { name: /your menu/ }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.locator('input[name=password]').waitFor();
    expect(await visit.axe()).toEqual([]);
    await page.goto('/contacts');
    await page.locator('input[name=password]').waitFor();
  });

  it('does not sign in with a wrong password, and comes back to the page that was asked for', async () => {
    const { page } = visit;
    await page.locator('input[name=email]').fill(ADMIN.email);
    await page.locator('input[name=password]').fill('not the password');
    await page.locator('form button').click();
    await page.getByRole('alert').waitFor();
    await signIn(page);
    expect(new URL(page.url()).pathname).toBe('/contacts');
  });

  it('takes its link once', async () => {
    await visit.go(pages.server.link);
    await visit.page.getByRole('heading', { name: 'This link is no longer good' }).waitFor();
  });
});
