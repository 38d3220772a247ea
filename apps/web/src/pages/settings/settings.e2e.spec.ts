import { readFileSync } from 'node:fs';
import { ADMIN, describePages, openPages, signIn, type Pages, type Visit } from '../../testing/pages.ts';

const NADIA = { name: 'Nadia Brandt', email: 'nadia@example.com', password: ADMIN.password };
type Role = { id: string; name: string };

describePages('settings', () => {
  let pages: Pages;
  /** `visit`: the administrator. `guest`: whoever is invited. */
  let visit: Visit;
  let guest: Visit;
  let roles: Role[];
  let nadia: string;
  beforeAll(async () => {
    pages = await openPages();
    roles = await pages.api<Role[]>('GET', '/roles');
    await pages.api('POST', '/contacts', { name: 'Miriam Adler' });
    [visit, guest] = [await pages.visit(), await pages.stranger({ expects: [401] })];
  }, 120_000);
  afterAll(() => pages?.close());
  afterEach(() => expect([visit.faults, guest.faults]).toEqual([[], []]));

  const roleOf = (name: string) => roles.find((one) => one.name === name)!.id;
  const button = (name: string | RegExp) => visit.page.getByRole('button', { name, exact: typeof name === 'string' });
  const said = (text: string | RegExp) => visit.page.getByText(text).first().waitFor();

  it('invites somebody by a link that is shown once; who has it chooses a password and is in', async () => {
    const { page } = visit;
    await visit.go('/settings/people');
    await button('Add a person').click();
    const drawer = page.getByRole('dialog', { name: 'Add a person' });
    await drawer.getByRole('button', { name: 'Save' }).click();
    await drawer.getByText('Give a name.').waitFor();
    await drawer.getByRole('textbox', { name: 'Name' }).fill(NADIA.name);
    await drawer.getByRole('textbox', { name: 'E-mail' }).fill(NADIA.email);
    await drawer.getByRole('checkbox', { name: 'seller' }).check();
    expect(await visit.axe()).toEqual([]);
    await drawer.getByRole('button', { name: 'Save' }).click();
    const link = await page
      .getByRole('group', { name: `Sign-in link for ${NADIA.name}` })
      .getByRole('code')
      .textContent();

    await guest.go(link!);
    await guest.page.getByRole('heading', { name: `Welcome, ${NADIA.name}` }).waitFor();
    await guest.page.getByRole('textbox', { name: 'Password' }).fill('short');
    await guest.page.getByRole('button', { name: 'Sign in' }).click();
    await guest.page.getByText('It has fewer than 12 characters.').waitFor();
    expect(await guest.axe()).toEqual([]);
    await guest.page.getByRole('textbox', { name: 'Password' }).fill(NADIA.password);
    await guest.page.getByRole('button', { name: 'Sign in' }).click();
    await guest.page.getByRole('heading', { name: /^Good .*, Nadia/ }).waitFor();
    nadia = (await pages.api<{ id: string }[]>('GET', `/users?search=nadia`))[0]!.id;
    await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
  });

  it('does not offer what a role may not, and says who can where somebody asks for it by its address', async () => {
    const { page } = guest;
    await guest.go('/contacts');
    await page.getByRole('button', { name: 'New contact' }).first().waitFor();
    expect(await page.getByRole('link', { name: 'Import' }).count()).toBe(0);
    // Whose it is, a seller does not see.
    expect(await page.getByText('Miriam Adler').count()).toBe(0);
    await guest.go('/settings');
    const nav = page.getByRole('navigation', { name: 'Settings' });
    await nav.getByRole('link', { name: 'My profile' }).waitFor();
    expect(await nav.getByRole('link', { name: /Roles|API keys|System|Event streams/ }).count()).toBe(0);
    await guest.go('/settings/roles');
    await page.getByRole('heading', { name: 'Not for your role' }).waitFor();
    await page.getByText('Who can: Ann').waitFor();
    expect(await guest.axe()).toEqual([]);
  });

  it('explains a refusal, where a right was taken away while the page was open', async () => {
    await pages.api('PUT', `/users/${nadia}/roles`, { roleIds: [roleOf('read-only')] });
    await pages.level();
    const late = await pages.stranger({ expects: [403] });
    const { page } = late;
    await late.page.goto(`${pages.server.url}/`);
    await signIn(page, NADIA);
    // The page knows her as she was.
    await page.route('**/api/v1/me', async (route) => {
      const me = (await (await route.fetch()).json()) as { abilities: { may: string[] }[] };
      await route.fulfill({ json: { ...me, abilities: me.abilities.map((one) => ({ ...one, may: [...one.may, 'create'] })) } });
    });
    await late.go('/contacts');
    await page.keyboard.press('KeyC');
    const drawer = page.getByRole('dialog', { name: 'New contact' });
    await drawer.getByRole('textbox', { name: 'Name' }).fill('Too late');
    await drawer.getByRole('button', { name: 'Save' }).click();
    await drawer.getByText(/^You may not do this/).waitFor();
    expect(await late.axe()).toEqual([]);
    expect(await pages.api('GET', '/contacts?search=late')).toEqual([]);
    // What may still be done is what is offered from then on.
    await page.unrouteAll();
    await late.go('/contacts');
    await page.getByText('Miriam Adler').first().waitFor();
    expect(await page.getByRole('button', { name: 'New contact' }).count()).toBe(0);
    expect(late.faults).toEqual([]);
    await late.context.close();
  });

  it('shows the pages as somebody else sees them, in which nothing can be changed, and leads back', async () => {
    const { page } = visit;
    await visit.go(`/settings/people/${nadia}`);
    await button(`See as ${NADIA.name}`).click();
    await said(`You see Rapport as ${NADIA.name} does. Nothing can be changed.`);
    await visit.go('/contacts');
    await page.getByRole('gridcell', { name: 'Miriam Adler', exact: true }).waitFor();
    expect(await page.getByRole('button', { name: 'New contact' }).count()).toBe(0);
    expect(await visit.axe()).toEqual([]);
    await page.keyboard.press('Escape');
    await button(/^New contact/)
      .first()
      .waitFor();
    expect(new URL(page.url()).pathname).toBe('/contacts');
  });

  it('finds a setting by what it is about, and makes a role of sentences', async () => {
    const { page } = visit;
    await visit.go('/settings/company');
    await page.getByRole('searchbox', { name: 'Search in settings' }).or(page.getByLabel('Search in settings')).first().fill('permissions');
    await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Roles' }).click();
    await page.getByRole('link', { name: 'seller' }).click();
    await page.getByRole('heading', { name: 'What it allows' }).waitFor();
    expect(await visit.axe()).toEqual([]);
    await visit.go(`/settings/roles/${roleOf('administrator')}`);
    await said(/administrator’s role stays as it is/);
  });

  it('orders stages by keys, adds and retires one; the board goes by it', async () => {
    const { page } = visit;
    const [pipeline] = await pages.api<{ id: string }[]>('GET', '/pipelines');
    const names = async () => {
      const [{ stages }] = await pages.api<[{ stages: { name: string; retired?: boolean }[] }]>('GET', '/pipelines');
      return stages.filter(({ retired }) => !retired).map(({ name }) => name);
    };
    const before = await names();
    await visit.go(`/settings/pipelines/${pipeline!.id}`);
    await page.getByRole('textbox', { name: 'New stage' }).fill('Signing');
    await button('Add a stage').click();
    await said('The stage Signing is added.');
    await button(`Move Signing, now ${before.length + 1} of ${before.length + 1}`).focus();
    for (const key of ['Space', 'ArrowUp', 'Space']) await page.keyboard.press(key);
    await said(`Signing is stage ${before.length} now.`);
    expect(await names()).toEqual(before.toSpliced(before.length - 1, 0, 'Signing'));
    expect(await visit.axe()).toEqual([]);
    await button('Retire Signing').click();
    await said('Signing takes no further deals.');
    expect(await names()).toEqual(before);
  });

  it('makes a key that is shown once, works as far as it says, and is over when it is revoked', async () => {
    const { page } = visit;
    await visit.go('/settings/keys');
    await button('New key').first().click();
    const drawer = page.getByRole('dialog', { name: 'New key' });
    await drawer.getByRole('textbox', { name: 'Name' }).fill('Web shop');
    await drawer.getByRole('button', { name: 'Save' }).click();
    await drawer.getByText('Choose what, and where.').first().waitFor();
    await drawer.getByLabel('In', { exact: true }).first().focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('option', { name: 'contacts and accounts' }).click();
    await page.keyboard.press('Escape');
    await drawer.getByRole('button', { name: 'Save' }).click();
    const shown = page.getByRole('dialog', { name: 'The key Web shop' });
    const key = await shown.getByRole('code').first().textContent();
    expect(await visit.axe()).toEqual([]);
    await shown.getByRole('button', { name: 'Done' }).click();
    const asked = () => fetch(`${pages.server.url}/api/v1/contacts`, { headers: { authorization: `Bearer ${key}` } });
    expect((await asked()).status).toBe(200);
    await button('Revoke').click();
    await button('Revoke for good').click();
    await said('The key Web shop is revoked.');
    await page.getByText('revoked', { exact: true }).waitFor();
  });

  it('tells who did what and when; what is looked for stands in the address, and goes into a file', async () => {
    const { page } = visit;
    await visit.go('/settings/audit');
    const entries = page.getByRole('region').getByRole('listitem');
    await entries.filter({ hasText: 'Miriam Adler' }).first().waitFor();
    await page.getByRole('combobox', { name: 'What' }).click();
    await page.getByRole('option', { name: 'sign-in links' }).click();
    await entries.filter({ hasText: 'Miriam Adler' }).first().waitFor({ state: 'detached' });
    await entries.filter({ hasText: NADIA.name }).first().waitFor();
    expect(new URL(page.url()).searchParams.get('what')).toBe('access');
    expect(await visit.axe()).toEqual([]);
    await entries.first().getByRole('button', { name: 'Details' }).click();
    await said('As it was written');
    const [file] = await Promise.all([page.waitForEvent('download'), button('Export').click()]);
    const text = readFileSync(await file.path(), 'utf8');
    expect(text).toContain('workspace.user.joined');
    expect(text).not.toContain('contacts.contact.created');
    await page.reload();
    await entries.filter({ hasText: NADIA.name }).first().waitFor();
  });

  it('shows events as they come, each in full, and the catalogue they are described in', async () => {
    const { page } = visit;
    await visit.go('/settings/streams?service=contacts');
    await said('live');
    const { id } = await pages.api<{ id: string }>('POST', '/accounts', { name: 'Labdrill' });
    await button('contacts.account.created in full').first().click();
    await page.getByRole('dialog').getByText(id).first().waitFor();
    expect(await visit.axe()).toEqual([]);
    await page.keyboard.press('Escape');
    await button('Catalogue').click();
    await page.getByPlaceholder('Find a type').fill('opportunity.won');
    await said('1 type');
    await page.getByText('sales.opportunity.won').first().click();
    await said('JSON Schema');
  });

  describe('the system', () => {
    it('is up to date, and builds a view anew beside the one that is read', async () => {
      const { page } = visit;
      await visit.go('/settings/system');
      await said('Everything is up to date.');
      await button('What can be done with Products').click();
      await page.getByRole('menuitem', { name: 'Rebuild from the first event' }).click();
      await said('Products is being rebuilt beside the one that is read.');
      await said('Everything is up to date.');
    });

    it('says what is behind and what is parked, and applies that again in order', async () => {
      const { page } = visit;
      const parked = { view: 'sales.product-row', stream: 'sales.product/x1', reason: 'TypeError: price is missing' };
      let free = false;
      // As a server answers in which one event could not be applied.
      await page.route('**/api/v1/services/sales/projections', async (route) => {
        const list = (await (await route.fetch()).json()) as { view: string }[];
        await route.fulfill({
          json: list.map((one) => (one.view === parked.view && !free ? { ...one, lag: 12, parkedStreams: 1 } : one)),
        });
      });
      await page.route('**/api/v1/services/sales/projections/parked', (route) =>
        route.fulfill({
          json: [0, 1].map((at) => ({
            ...parked,
            eventId: `event-${at}`,
            type: ['sales.product.created', 'sales.product.changed'][at],
            revision: at + 1,
            first: at === 0,
          })),
        }),
      );
      await page.route('**/api/v1/services/sales/projections/*/parked/retry', (route) => {
        free = true;
        return route.fulfill({ json: { free: true } });
      });
      await visit.go('/settings/system');
      await said(/2 events are parked/);
      await page
        .getByRole('row', { name: /Products/ })
        .getByText('1 stream parked')
        .waitFor();
      await said('It could not be applied: TypeError: price is missing. Everything else goes on.');
      await said('Waits for an earlier event of the same stream.');
      expect(await visit.axe()).toEqual([]);
      await button(/^Retry: sales.product.created/).click();
      await said('The stream is applied in full.');
      await said('Everything is up to date.');
      await page.unrouteAll();
    });
  });

  it('keeps a changed company and profile, and takes them back', async () => {
    const { page } = visit;
    await visit.go('/settings/company');
    await page.getByRole('textbox', { name: 'Name of the company' }).fill('Adler & Sons');
    await button('Save').click();
    await said('The settings are changed.');
    await page.keyboard.press('Control+KeyZ');
    await said(/^Undone:/);
    await visit.go('/settings/company');
    expect(await page.getByRole('textbox', { name: 'Name of the company' }).inputValue()).not.toBe('Adler & Sons');
    await visit.go('/settings/profile');
    await page.getByRole('textbox', { name: 'Your name' }).fill('Ann Adler');
    await button('Save').first().click();
    await said('Your profile is changed.');
    await button('Ann Adler: your menu')
      .or(button(/your menu/))
      .first()
      .waitFor();
  });

  it('signs out whoever is deactivated, and lets them in again', async () => {
    const { page } = visit;
    await visit.go(`/settings/people/${nadia}`);
    await button('Deactivate').click();
    await said(`${NADIA.name} is deactivated and cannot sign in.`);
    await pages.level();
    const other = await pages.stranger({ expects: [401, 403] });
    await other.page.goto(`${pages.server.url}/`);
    await other.page.locator('input[name=email]').fill(NADIA.email);
    await other.page.locator('input[name=password]').fill(NADIA.password);
    await other.page.locator('form button').click();
    await other.page.getByRole('alert').waitFor();
    await button('Reactivate').click();
    await said(`${NADIA.name} is active again.`);
    await pages.level();
    await signIn(other.page, NADIA);
    await other.context.close();
    await page.getByText(NADIA.name).first().waitFor();
  });
});
