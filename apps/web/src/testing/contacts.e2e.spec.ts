import { readFileSync } from 'node:fs';
import { becomes, describePages, openPages, type Pages, type Visit } from './pages.ts';

type Contact = { id: string; name: string; jobTitle?: string; tags: string[] };

describePages('the list of contacts', () => {
  let pages: Pages;
  let visit: Visit;
  beforeAll(async () => {
    pages = await openPages();
    const people = Array.from({ length: 260 }, (_, at) => ({
      command: 'create',
      data: {
        name: `Person ${String(at).padStart(3, '0')}`,
        jobTitle: at % 2 ? 'Buyer' : 'Lab manager',
        tags: at % 10 ? [] : ['key customer'],
        lifecycleStage: at % 4 ? 'lead' : 'customer',
        emails: [{ address: `person${at}@example.com` }],
      },
    }));
    await pages.api('POST', '/contacts/bulk', people);
    visit = await pages.visit({ expects: [412] });
  });
  beforeEach(() => visit.go('/contacts'));
  afterAll(() => pages?.close());
  afterEach(() => expect(visit.faults).toEqual([]));

  const cell = (name: string) => visit.page.getByRole('gridcell', { name, exact: true });
  const grid = () => visit.page.getByRole('grid', { name: 'Contacts' });
  const found = async (filter: string) => pages.api<Contact[]>('GET', `/contacts?filter=${encodeURIComponent(filter)}&limit=200`);
  const undone = () =>
    visit.page
      .getByText(/^Undone:/)
      .first()
      .waitFor();

  it('draws only what is visible, and asks for more when it is scrolled to', async () => {
    await cell('Person 000').waitFor();
    await visit.page.getByText('1–100 of 260').waitFor();
    expect(await visit.page.getByRole('row').count()).toBeLessThan(60);
    await grid().focus();
    await visit.page.keyboard.press('End');
    await visit.page.getByText('1–200 of 260').waitFor();
    await visit.page.keyboard.press('End');
    await visit.page.getByText('1–260 of 260').waitFor();
    await visit.page.keyboard.press('End');
    await cell('Person 259').waitFor();
    expect(await visit.axe()).toEqual([]);
    await visit.page.keyboard.press('Home');
  });

  it('keeps what fits a condition, as a sentence that can be taken away', async () => {
    const { page } = visit;
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('button', { name: 'Add a condition' }).click();
    await page.getByRole('combobox', { name: 'Field' }).click();
    await page.getByRole('option', { name: 'Tags' }).click();
    await page.getByRole('textbox', { name: 'Value' }).fill('key customer');
    await page.getByText('26 match').waitFor();
    expect(await visit.axe()).toEqual([]);
    await page.getByRole('button', { name: 'Done' }).click();
    await becomes(() => new URL(page.url()).searchParams.get('filter'), 'tags has "key customer"');
    await page.getByRole('button', { name: 'Remove: Tags' }).click();
    await page.getByText('of 260').waitFor();
  });

  it('changes a field in its place, shows it at once, and takes it back by Ctrl Z', async () => {
    const { page } = visit;
    const [person] = await found('name eq "Person 002"');
    await page
      .getByRole('row', { name: /Person 002/ })
      .getByText('Lab manager')
      .dblclick();
    await page.getByRole('textbox', { name: 'Title' }).fill('Head of IT');
    await page.keyboard.press('Enter');
    await page.getByText('Title of Person 002 is changed.').waitFor();
    expect((await pages.api<Contact>('GET', `/contacts/${person!.id}`)).jobTitle).toBe('Head of IT');
    await page.keyboard.press('Control+KeyZ');
    await undone();
    await page.getByRole('row', { name: /Person 002.*Lab manager/ }).waitFor();
    expect((await pages.api<Contact>('GET', `/contacts/${person!.id}`)).jobTitle).toBe('Lab manager');
  });

  it('loses neither of two changes at once: what somebody else wrote meanwhile is shown beside one’s own', async () => {
    const { page } = visit;
    const [person] = await found('name eq "Person 004"');
    await page
      .getByRole('row', { name: /Person 004/ })
      .getByText('Lab manager')
      .dblclick();
    await page.getByRole('textbox', { name: 'Title' }).fill('Mine');
    await pages.api('PATCH', `/contacts/${person!.id}`, { jobTitle: 'Theirs' });
    await page.keyboard.press('Enter');
    await page.getByText('Changed meanwhile. It is now “Theirs”; yours was “Mine”.').waitFor();
    await page.getByRole('row', { name: /Person 004.*Theirs/ }).waitFor();
  });

  it('shows what others change, in its place and without being asked', async () => {
    const [person] = await found('name eq "Person 005"');
    await pages.api('PATCH', `/contacts/${person!.id}`, { jobTitle: 'Changed elsewhere' });
    await visit.page.getByText('Changed elsewhere').waitFor();
    await pages.api('POST', '/contacts', { name: 'Aaron New' });
    await visit.page.getByRole('button', { name: '1 new' }).click();
    await cell('Aaron New').waitFor();
  });

  it('chooses rows by keys, changes them together, and takes that back as one', async () => {
    const { page } = visit;
    await grid().focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('KeyJ');
    await page.keyboard.press('KeyX');
    await page.keyboard.press('KeyJ');
    await page.keyboard.press('KeyJ');
    await page.keyboard.press('Shift+KeyX');
    const bar = page.getByRole('toolbar', { name: '3 selected' });
    await bar.getByRole('button', { name: 'Edit a field' }).click();
    await page.getByRole('menuitem', { name: 'Source' }).click();
    await page.getByRole('textbox', { name: 'Source' }).fill('Trade fair');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Source is set for 3 contacts.').waitFor();
    expect((await found('source eq "Trade fair"')).map(({ name }) => name).sort()).toEqual(['Person 000', 'Person 001', 'Person 002']);
    await page.getByRole('region', { name: 'What was done' }).getByRole('button', { name: 'Undo' }).last().click();
    await undone();
    expect(await found('source eq "Trade fair"')).toEqual([]);
  });

  it('keeps what was removed in the bin, from where it is brought back', async () => {
    const { page } = visit;
    const choose = () => page.getByRole('checkbox', { name: 'Select Person 007' }).click();
    await choose();
    await page.getByRole('toolbar').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('1 contact moved to the bin.').waitFor();
    await cell('Person 007').waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: 'Bin 1' }).click();
    await cell('Person 007').waitFor();
    expect(await page.getByRole('searchbox').count()).toBe(0);
    expect(await visit.axe()).toEqual([]);
    await choose();
    await page.getByRole('toolbar').getByRole('button', { name: 'Bring back' }).click();
    await page.getByText('1 is back.').waitFor();
    await page.getByRole('heading', { name: 'Nothing is in the bin' }).waitFor();
    await page.getByRole('tab', { name: /^All/ }).click();
    await cell('Person 007').waitFor();
  });

  it('takes all that match, however many, not only those that are loaded', async () => {
    const { page } = visit;
    await visit.go('/contacts?filter=' + encodeURIComponent('lifecycleStage eq "lead"'));
    await page.getByRole('checkbox', { name: 'Select all on this page' }).click();
    await page.getByRole('button', { name: /^Select all 1/ }).click();
    await page.getByRole('toolbar').getByRole('button', { name: 'Edit a field' }).click();
    await page.getByRole('menuitem', { name: 'Title' }).click();
    await page.getByRole('textbox', { name: 'Title' }).fill('Lead');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText(/Title is set for 19\d contacts\./).waitFor();
    expect((await found('lifecycleStage eq "lead"')).every(({ jobTitle }) => jobTitle === 'Lead')).toBe(true);
    await page.keyboard.press('Control+KeyZ');
    await undone();
  });

  it('keeps a way of looking as a view, for oneself or for everybody', async () => {
    const { page } = visit;
    await visit.go('/contacts?filter=' + encodeURIComponent('lifecycleStage eq "lead"'));
    await page.getByRole('button', { name: 'Save as a view' }).click();
    await page.getByRole('textbox', { name: 'Name of the view' }).fill('Leads only');
    await page.getByRole('switch', { name: 'For everybody' }).check();
    await page.getByRole('dialog').getByRole('button', { name: 'Save as a view' }).click();
    await page.getByRole('tab', { name: /Leads only/, selected: true }).waitFor();
    const [view] = await pages.api<{ filter: string; shared: boolean }[]>('GET', '/views');
    expect(view).toMatchObject({ filter: 'lifecycleStage eq "lead"', shared: true });
    expect(await visit.axe()).toEqual([]);
  });

  it('chooses and orders columns, and remembers them', async () => {
    const { page } = visit;
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('checkbox', { name: 'Source' }).check();
    await page
      .getByRole('button', { name: 'Title: down' })
      .or(page.getByRole('button', { name: 'Move Title down' }))
      .click();
    await page.keyboard.press('Escape');
    await page.reload();
    await page.getByRole('columnheader', { name: 'Source' }).waitFor();
    const heads = await page.getByRole('columnheader').allInnerTexts();
    expect(heads.map((one) => one.split('\n').at(-1))).toEqual(expect.arrayContaining(['Account', 'Title', 'Source']));
    expect(heads.findIndex((one) => one.includes('Account'))).toBeLessThan(heads.findIndex((one) => one.includes('Title')));
  });

  it('makes a contact, and says in words what is missing', async () => {
    const { page } = visit;
    await page.keyboard.press('KeyC');
    const drawer = page.getByRole('dialog', { name: 'New contact' });
    await drawer.getByRole('button', { name: 'Save', exact: true }).click();
    await drawer.getByText('Give a name, an e-mail address or a telephone number.').waitFor();
    expect(await visit.axe()).toEqual([]);
    await drawer.getByRole('textbox', { name: 'Name' }).fill('דנה לוי');
    await drawer.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText(/דנה לוי.* is a contact now\./).waitFor();
    await page.getByRole('searchbox', { name: 'Search' }).fill('דנה');
    await cell('דנה לוי').waitFor();
    await page.getByRole('searchbox', { name: 'Search' }).fill('');
  });

  it('is saved as a file, as it is asked for', async () => {
    const { page } = visit;
    await visit.go('/contacts?filter=' + encodeURIComponent('tags has "key customer"'));
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export' }).click()]);
    expect(
      readFileSync(await file.path(), 'utf8')
        .trim()
        .split('\n'),
    ).toHaveLength(27);
  });

  it('says what comes here when nothing fits, and how to go on', async () => {
    await visit.go('/contacts?filter=' + encodeURIComponent('source eq "nowhere"'));
    await visit.page.getByRole('heading', { name: 'Nobody matches' }).waitFor();
    expect(await visit.axe()).toEqual([]);
    await visit.page.getByRole('button', { name: 'Show all contacts' }).click();
    await cell('Person 000').waitFor();
  });
});
