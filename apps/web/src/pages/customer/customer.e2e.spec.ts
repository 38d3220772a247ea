import { becomes, describePages, openPages, type Pages, type Visit } from '../../testing/pages.ts';
import { furnish, type Furnished } from '../../testing/furnish.ts';

type Profile = { jobTitle?: string; source?: string; name: string; members: string[]; erased?: boolean };

describePages('the page of a customer', () => {
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
  const fact = (label: string) => visit.page.locator('dl > div', { has: visit.page.locator(`dt:text-is("${label}")`) }).first();
  const deals = () => visit.page.getByRole('region', { name: /^Deals/ });
  const timeline = () => visit.page.getByRole('region', { name: 'Timeline' });
  const profile = (id = made.miriam) => pages.api<Profile>('GET', `/contacts/${id}`);

  it('is found by the beginning of a name, and shows who it is, what is next and what happened', async () => {
    const { page } = visit;
    await visit.go('/');
    await page.keyboard.press('Control+KeyK');
    await page.getByRole('combobox', { name: 'Search or jump to' }).pressSequentially('miriam');
    await page.getByRole('option', { name: /Miriam Adler/ }).click();
    await page.getByRole('heading', { level: 2, name: 'Miriam Adler' }).waitFor();
    await page.getByText('Head of laboratory purchasing at').waitFor();
    await timeline().getByText('Deal won: GTX Pro').waitFor();
    await deals().getByText('Won 1').waitFor();
    expect(await page.getByRole('slider', { name: 'Moment shown' }).getAttribute('aria-valuetext')).toBe('Today');
    expect(await visit.axe()).toEqual([]);
  });

  it('tells every value a field ever had, and puts one back; also from the past', async () => {
    const { page } = visit;
    await visit.go(path('?at=2017-07-14'));
    await page.getByRole('button', { name: 'History: Title' }).click();
    const history = page.getByRole('dialog', { name: 'History: Title' });
    await history.getByText('Head of laboratory purchasing').waitFor();
    await history.getByText('Ann', { exact: false }).first().waitFor();
    expect(await visit.axe()).toEqual([]);
    await history.getByRole('button', { name: 'Put back' }).click();
    await page.getByText('Title of Miriam Adler is changed.').waitFor();
    expect((await profile()).jobTitle).toBe('Laboratory buyer');
    await page.keyboard.press('Control+KeyZ');
    await page
      .getByText(/^Undone:/)
      .first()
      .waitFor();
    expect((await profile()).jobTitle).toBe('Head of laboratory purchasing');
  });

  it('changes a fact in its place, and loses neither of two changes at once', async () => {
    visit = refused;
    const { page } = visit;
    await visit.go(path());
    await page.getByRole('button', { name: 'Edit: Title' }).click();
    await page.getByRole('textbox', { name: 'Title' }).fill('Mine');
    // Somebody else writes the same field, and another one, while it is being edited.
    await pages.api('PATCH', `/contacts/${made.miriam}`, { jobTitle: 'Theirs', source: 'Fair' });
    await fact('Source').getByText('Fair', { exact: true }).waitFor();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Changed at the same time' });
    await dialog.getByText('Theirs').waitFor();
    expect(await visit.axe()).toEqual([]);
    await dialog.getByRole('button', { name: 'Save the chosen values' }).click();
    await fact('Title').getByText('Mine').waitFor();
    await visit.settled();
    expect(await profile()).toMatchObject({ jobTitle: 'Mine', source: 'Fair' });
  });

  it('says why something happened, and takes it back, after it has shown what that does and what stands against it', async () => {
    const { page } = visit;
    await pages.api('PATCH', `/contacts/${made.miriam}`, { jobTitle: 'First' });
    await pages.api('PATCH', `/contacts/${made.miriam}`, { jobTitle: 'Second' });
    await visit.go(path());
    const entry = (text: RegExp) => timeline().getByRole('listitem').filter({ hasText: text });
    await entry(/Mine.*First/).hover();
    await entry(/Mine.*First/)
      .getByRole('button', { name: 'Why?' })
      .click();
    const drawer = page.getByRole('dialog', { name: 'Why did this happen?' });
    await drawer.getByText('A person did it').waitFor();
    await drawer.getByText(/^This change/).waitFor();
    expect(await visit.axe()).toEqual([]);
    await drawer.getByRole('button', { name: 'Undo this change' }).click();
    await drawer.getByText('Nothing can be taken back.').waitFor();
    await drawer.getByText(/changed since/).waitFor();
    await page.keyboard.press('Escape');
    await entry(/First.*Second/).hover();
    await entry(/First.*Second/)
      .getByRole('button', { name: 'Why?' })
      .click();
    await drawer.getByRole('button', { name: 'Undo this change' }).click();
    await drawer.getByText('1 change will be taken back.').waitFor();
    await drawer.getByRole('button', { name: 'Undo this change' }).click();
    await page.getByText('Taken back: Title').waitFor();
    expect((await profile()).jobTitle).toBe('First');
    await entry(/Second.*First/)
      .getByText('taken back by Ann')
      .waitFor();
  });

  it('shows what others do, without being asked', async () => {
    await visit.go(path());
    await pages.api('POST', '/activities', { kind: 'call', about: [`contacts.contact/${made.miriam}`], subject: 'Somebody else called' });
    await timeline().getByText('Somebody else called').waitFor();
  });

  it('notes a call and the next step, which is moved and done', async () => {
    const { page } = visit;
    await visit.go(path());
    await page.getByRole('button', { name: 'Log a call' }).click();
    await page.getByRole('textbox', { name: 'What it was about' }).fill('The new price list');
    expect(await visit.axe()).toEqual([]);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await timeline().getByText('The new price list').waitFor();
    await page.getByRole('button', { name: 'Add a next step' }).first().click();
    await page.getByRole('textbox', { name: 'What is to do' }).fill('Send the offer');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const head = page.getByRole('region', { name: 'Miriam Adler' });
    await head.getByText('Send the offer').waitFor();
    await head.getByRole('button', { name: 'Move' }).click();
    await page.getByRole('button', { name: /In a week/ }).click();
    await page.getByText(/Send the offer is moved to/).waitFor();
    await head.getByRole('button', { name: 'Done' }).click();
    await head.getByText('No next step').waitFor();
  });

  it('makes one customer of two, field by field, and two of one again', async () => {
    const { page } = visit;
    await visit.go(path());
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Merge with another' }).click();
    await page.getByRole('combobox', { name: 'With whom' }).or(page.getByLabel('With whom')).first().fill('M. Adl');
    await page.getByRole('option', { name: 'M. Adler' }).click();
    const dialog = page.getByRole('dialog', { name: /Merge Miriam Adler/ });
    await dialog.getByRole('row', { name: /Title/ }).getByRole('radio', { name: 'Purchasing' }).check();
    expect(await visit.axe()).toEqual([]);
    await dialog.getByRole('button', { name: 'Merge', exact: true }).click();
    await page.getByText('M. Adler is part of Miriam Adler now.').waitFor();
    await fact('Title').getByText('Purchasing').waitFor();
    await timeline().getByText('Merged with M. Adler').waitFor();
    // Whoever goes to the one that was absorbed is brought to the survivor.
    await visit.go(`/contacts/${made.double}`);
    await page.waitForURL(`**/contacts/${made.miriam}`);
    await page.getByRole('button', { name: 'Take apart: M. Adler' }).click();
    await page.getByText('M. Adler stands by itself again, apart from Miriam Adler.').waitFor();
    await fact('Title').getByText('First').waitFor();
    expect((await profile(made.double)).name).toBe('M. Adler');
  });

  it('goes to the bin and comes back', async () => {
    visit = refused;
    const { page } = visit;
    await visit.go(`/contacts/${made.double}`);
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Move to the bin' }).click();
    await page.getByText('M. Adler is in the bin.').waitFor();
    await page.getByRole('grid', { name: 'Contacts' }).waitFor();
    await visit.go(`/contacts/${made.double}`);
    await page.getByRole('heading', { name: 'M. Adler is in the bin' }).waitFor();
    await page.getByRole('button', { name: 'Bring it back' }).click();
    await page.getByRole('heading', { level: 2, name: 'M. Adler' }).waitFor();
  });

  it('is erased once the name is typed; the shape stays, with a certificate to keep', async () => {
    const { page } = visit;
    await visit.go(`/contacts/${made.gone}`);
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Erase this person' }).click();
    const dialog = page.getByRole('dialog', { name: /Erase Perpetua Vanishing/ });
    await dialog.getByRole('button', { name: 'Erase for ever' }).click();
    await dialog.getByText('That is not the name.').waitFor();
    await dialog.getByRole('textbox').fill('Perpetua Vanishing');
    expect(await visit.axe()).toEqual([]);
    await dialog.getByRole('button', { name: 'Erase for ever' }).click();
    await page.getByRole('heading', { level: 2, name: 'Erased person' }).waitFor();
    await timeline()
      .getByText(/Erased: nothing personal/)
      .waitFor();
    await becomes(() => page.getByText(/Perpetua/).count(), 0);
    await page.getByRole('button', { name: 'Certificate' }).click();
    await page.getByText('Being checked a second time').waitFor();
    expect(await visit.axe()).toEqual([]);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download the certificate' }).click();
    expect((await download).suggestedFilename()).toBe(`erasure-contacts-contact-${made.gone}.json`);
    expect((await profile(made.gone)).erased).toBe(true);
  });

  it('offers a role that may only read no way to change anything', async () => {
    const { page } = visit;
    await page.route('**/api/v1/me', async (route) => {
      const answer = await route.fetch();
      const me = (await answer.json()) as { abilities: { may: string[] }[] };
      await route.fulfill({ json: { ...me, abilities: me.abilities.map((one) => ({ ...one, may: ['read'] })) } });
    });
    await visit.go(path());
    await timeline().getByText('Deal won: GTX Pro').waitFor();
    expect(await page.getByRole('button', { name: /Log a call|Note|Edit:|Undo|More actions|Add a next step/ }).count()).toBe(0);
    await page.getByRole('button', { name: 'History: Title' }).click();
    await page.getByRole('dialog', { name: 'History: Title' }).getByText('Laboratory buyer').first().waitFor();
    expect(await page.getByRole('button', { name: 'Put back' }).count()).toBe(0);
    await page.unroute('**/api/v1/me');
  });

  it('shows a company with its people, and makes another one there', async () => {
    const { page } = visit;
    await visit.go(`/accounts/${made.labdrill}`);
    await page
      .getByRole('region', { name: /^People/ })
      .getByText('Miriam Adler')
      .waitFor();
    await timeline().getByText('Deal won: GTX Pro').waitFor();
    expect(await visit.axe()).toEqual([]);
    await page.getByRole('button', { name: 'Add a contact here' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Daniel Roth');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page
      .getByRole('region', { name: /^People/ })
      .getByText('Daniel Roth')
      .waitFor();
  });

  it('is listed with the others: one is made in a drawer, changed in its place, and opened', async () => {
    const { page } = visit;
    await visit.go('/accounts');
    await page.getByRole('button', { name: 'New account' }).click();
    const drawer = page.getByRole('dialog', { name: 'New account' });
    await drawer.getByRole('button', { name: 'Save', exact: true }).click();
    await drawer.getByText('Give a name.').waitFor();
    await drawer.getByRole('textbox', { name: 'Name' }).fill('Aerodyne');
    expect(await visit.axe()).toEqual([]);
    await drawer.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Aerodyne is an account now.').waitFor();
    const row = page.getByRole('row', { name: /Aerodyne/ });
    await row.getByRole('gridcell').nth(5).dblclick();
    await page.getByRole('textbox', { name: 'People' }).fill('120');
    await page.keyboard.press('Enter');
    await page.getByText('People of Aerodyne is changed.').waitFor();
    await row.getByText('120').waitFor();
    await row.getByRole('link', { name: 'Aerodyne' }).click();
    await page.getByRole('heading', { level: 2, name: 'Aerodyne' }).waitFor();
    await page.getByText('120 people').waitFor();
  });
});
