import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ContactsModule } from '#apps/contacts';
import { testApp, type Client, type TestApp } from '#testing/service';

let app: TestApp;
let ann: Client;
beforeEach(async () => {
  app = await testApp(ContactsModule);
  ann = app.as('ann', { roles: ['administrator'] });
});
afterEach(() => app.close());

const upload = async (file: string | Buffer, resource = 'contacts', type = 'text/csv') =>
  (await ann.post(`/${resource}/imports`, file, { 'content-type': type })).body as { id: string; [field: string]: unknown };
const done = async (id: string, what: 'check' | 'run' = 'run', resource = 'contacts') => {
  const begun = await ann.post(`/${resource}/imports/${id}/${what}`, {});
  expect([begun.status, begun.text]).toEqual([200, expect.any(String)]);
  await app.settled();
  return (await ann.get(`/${resource}/imports/${id}`)).body;
};
const imported = async (file: string, how: object = {}) => {
  const { id } = await upload(file);
  if (Object.keys(how).length > 0) expect((await ann.patch(`/contacts/imports/${id}`, how)).status).toBe(200);
  return done(id);
};
const names = async () => ((await ann.get('/contacts?sort=name')).body as { name: string }[]).map(({ name }) => name);

const PEOPLE = `First Name,Last Name,Email,Company,Phone,Country,Tags
Ann,Lee,ann.lee@example.com,Acme,+1 212 555 0123,United States,vip;new
Bob,Stone,bob@example.com,Acme Inc,,Philipines,
"Zo\u00eb, the second",Day,zoe@example.com,ACME,,,`;

it('guesses what columns are, and shows how the file begins', async () => {
  const { id } = await upload(PEOPLE);
  const page = (await ann.get(`/contacts/imports/${id}`)).body;
  expect(page).toMatchObject({ status: 'ready', rows: 3, match: 'email', existing: 'update', delimiter: ',' });
  expect(page.columns.map((one: { field?: string }) => one.field)).toEqual([
    'givenName',
    'familyName',
    'email',
    'account',
    'phone',
    'country',
    'tags',
  ]);
  expect(page.sample[0]).toEqual(['Ann', 'Lee', 'ann.lee@example.com', 'Acme', '+1 212 555 0123', 'United States', 'vip;new']);
});

it('says what a run would do, and does none of it', async () => {
  const { id } = await upload(`${PEOPLE}\nCid,Low,no address,,,,`);
  const page = await done(id, 'check');
  expect(page).toMatchObject({ status: 'checked', counts: { created: 3, rejected: 1 } });
  expect(page.firstFindings).toContainEqual({
    row: 5,
    column: 'Email',
    field: 'email',
    severity: 'rejected',
    problem: 'is no e-mail address',
    hint: 'name@example.com',
  });
  expect([await names(), (await ann.get('/accounts')).body]).toEqual([[], []]);
});

it('reads numbers without a prefix as of the row’s country, else of the import’s', async () => {
  const { id } = await upload('Name,Phone,Country\nJürgen,0170 1234567,\nMaria,0888 123 456,Bulgaria');
  await ann.patch(`/contacts/imports/${id}`, { country: 'DE' });
  await done(id);
  const phones = (await ann.get('/contacts?sort=name')).body.map((one: { phones: object[] }) => one.phones[0]);
  expect(phones).toMatchObject([
    { number: '+491701234567', typed: '0170 1234567' },
    { number: '+359888123456', typed: '0888 123 456' },
  ]);
});

it('takes people in, standardised, with the companies they name; again, it changes nothing', async () => {
  expect(await imported(PEOPLE)).toMatchObject({ status: 'done', counts: { created: 3, updated: 0, rejected: 0 } });
  expect(await names()).toEqual(['Ann Lee', 'Bob Stone', 'Zoë, the second Day']);
  const [lee] = (await ann.get('/contacts?search=lee')).body;
  expect(lee).toMatchObject({
    emails: [{ address: 'ann.lee@example.com', primary: true }],
    phones: [{ number: '+12125550123' }],
    addresses: [{ country: 'US' }],
    tags: ['vip', 'new'],
  });
  expect((await ann.get('/accounts?sort=name')).body.map((one: { name: string }) => one.name)).toEqual(['Acme', 'Acme Inc']);
  const before = await app.runtime('contacts').engines.log.head();
  const again = await imported(PEOPLE);
  expect(again.counts).toMatchObject({ created: 0, updated: 0, unchanged: 3 });
  const events = await app.runtime('contacts').engines.log.readLog(before, 1000);
  expect(events.filter(({ stream }) => !stream.startsWith('contacts.batch/'))).toEqual([]);
});

it('updates, skips or adds beside, as it is told', async () => {
  await imported('Name,E-mail\nAnn,ann@example.com\n');
  const file = 'Name,E-mail,Job title\nAnna,ANN@example.com,CEO\n';
  expect((await imported(file, { existing: 'skip' })).counts).toMatchObject({ skipped: 1, updated: 0 });
  expect(await names()).toEqual(['Ann']);
  expect((await imported(file)).counts).toMatchObject({ updated: 1 });
  expect(await names()).toEqual(['Anna']);
  expect((await imported(file, { existing: 'create' })).counts).toMatchObject({ created: 1 });
  expect(await names()).toEqual(['Anna', 'Anna']);
  expect((await imported(file)).firstFindings).toMatchObject([{ field: 'email', problem: 'is the same in 2 records' }]);
});

it('takes two rows of one person as one, the second adding to the first', async () => {
  const page = await imported('Name,E-mail,Mobile\nAnn,ann@example.com,+1 212 555 0123\nAnn,ann@example.com,+1 212 555 0199\n');
  expect(page.counts).toMatchObject({ created: 1, updated: 1 });
  expect((await ann.get('/contacts')).body).toMatchObject([{ phones: [{ number: '+12125550123' }, { number: '+12125550199' }] }]);
});

it('lets columns be mapped otherwise, to fields of one’s own too, and gives defaults', async () => {
  const page = await imported('Who,Shoe size,Notes\nAnn,38,x\n', {
    columns: [
      { heading: 'Who', field: 'name' },
      { heading: 'Shoe size', field: 'custom.shoeSize' },
    ],
    defaults: [{ field: 'source', value: 'fair' }],
  });
  expect(page.counts).toMatchObject({ created: 1 });
  expect((await ann.get('/contacts')).body).toMatchObject([{ name: 'Ann', custom: { shoeSize: '38' }, source: 'fair' }]);
});

it('refuses settings that cannot be, naming each', async () => {
  const { id } = await upload('Name,E-mail\nAnn,ann@example.com\n');
  const refused = await ann.patch(`/contacts/imports/${id}`, {
    columns: [
      { heading: 'Name', field: 'nothing' },
      { heading: 'E-mail', field: 'email' },
    ],
    match: 'externalId',
  });
  expect(refused).toMatchObject({ status: 400, body: { code: 'invalid' } });
  expect(refused.body.fields.map((one: { field: string }) => one.field)).toEqual(['columns.0.field', 'match']);
  expect((await ann.patch(`/contacts/imports/${id}`, { columns: [{ heading: 'Else' }] })).status).toBe(400);
});

it('gives back the rejected rows as they stood, with reasons and without formulas', async () => {
  const page = await imported('Name,E-mail\n=1+1,nobody\nAnn,ann@example.com\n"O, dear",none\nshort\n');
  expect(page.counts).toMatchObject({ created: 1, rejected: 3 });
  const rejected = await ann.get(`/contacts/imports/${page.id}/rejected`);
  expect(rejected.text).toBe(
    '\ufeffrow,reasons,Name,E-mail\r\n' +
      "2,E-mail is no e-mail address,'=1+1,nobody\r\n" +
      '4,E-mail is no e-mail address,"O, dear",none\r\n' +
      '5,has 1 cells where the heading has 2,short\r\n',
  );
});

describe('a file that is no CSV', () => {
  it.each([
    ['a quote that is never closed', 'Name,E-mail\nAnn,"ann@example.com\nBob,bob@example.com\n', 'malformed-csv'],
    ['a quote within a bare cell', 'Name,E-mail\nAnn "A" Lee,ann@example.com\n', 'malformed-csv'],
    ['letters of another encoding', Buffer.from([78, 97, 109, 101, 10, 0xcc, 0xe0, 0xf0, 0xe8, 10]), 'encoding-unclear'],
    ['no text at all', Buffer.from([78, 97, 109, 101, 10, 0, 0, 1, 10]), 'encoding-unclear'],
    ['nothing below the headings', 'Name,E-mail\n\n', 'empty-file'],
    ['nothing', '', 'empty-file'],
  ])('%s is refused with its place, and nothing is kept', async (_, file, code) => {
    const answer = await ann.post('/contacts/imports', file as string, { 'content-type': 'text/csv' });
    expect(answer).toMatchObject({ status: 400, body: { code } });
    expect(readdirSync(join(app.folder, 'imports'))).toEqual([]);
  });

  it('is refused when it is JSON', async () => expect((await ann.post('/contacts/imports', { name: 'Ann' })).status).toBe(415));
});

it.each([
  ['with a byte order mark', Buffer.from('\ufeffName;E-mail\nМария;m@example.com\n'), 'text/csv'],
  ['as UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('Name\tE-mail\r\nМария\tm@example.com\r\n', 'utf16le')]), 'text/csv'],
  [
    'in the encoding that is named',
    Buffer.concat([Buffer.from('Name,E-mail\r'), Buffer.from([0xcc, 0xe0, 0xf0, 0xe8, 0xff]), Buffer.from(',m@example.com')]),
    'text/csv; charset=windows-1251',
  ],
])('reads a file %s', async (_, file, type) => {
  const { id } = await upload(file, 'contacts', type);
  expect(await done(id)).toMatchObject({ counts: { created: 1, rejected: 0 } });
  expect(await names()).toEqual(['Мария']);
});

it('takes out what deceives, and says so', async () => {
  const page = await imported('Name,E-mail\nAnn\u202eeeL,ann@example.com\n');
  expect(page.firstFindings).toMatchObject([
    { field: 'name', severity: 'note', problem: 'held invisible characters, which were taken out' },
  ]);
  expect(await names()).toEqual(['AnneeL']);
});

it('keeps no plaintext of the file, and nothing at all after thirty days', async () => {
  let now = Date.now();
  await app.close();
  app = await testApp(ContactsModule, { clock: () => now });
  ann = app.as('ann', { roles: ['administrator'] });
  const { id } = await upload('Name,E-mail\nQuixotina,quixotina@example.com\n');
  await done(id);
  const folder = join(app.folder, 'imports');
  expect(readdirSync(folder).length).toBeGreaterThan(0);
  for (const file of readdirSync(folder)) expect(readFileSync(join(folder, file)).includes('quixotina')).toBe(false);
  now += 31 * 24 * 3600 * 1000;
  const { inContext } = await import('#service');
  expect(await inContext(app.system(), () => app.running.get('contacts')!.imports!.batches.expire())).toBe(1);
  expect(readdirSync(folder)).toEqual([]);
  await app.settled();
  expect((await ann.get(`/contacts/imports/${id}`)).body).toMatchObject({ status: 'expired', sample: [] });
  expect((await ann.get(`/contacts/imports/${id}/rejected`)).status).toBe(410);
  expect(await names()).toEqual(['Quixotina']);
});

it('is undone exactly, creations and changes alike, and says what stands in the way', async () => {
  await imported('Name,E-mail\nAnn,ann@example.com\nBob,bob@example.com\n');
  const before = await state();
  const page = await imported('Name,E-mail,Company,Job title\nAnna,ann@example.com,Acme,CEO\nCid,cid@example.com,Acme,\n');
  expect(page.counts).toMatchObject({ created: 1, updated: 1 });
  const undone = await ann.post(`/contacts/imports/${page.id}/undo`, {});
  expect(undone.body).toMatchObject({ conflicts: [], cannot: [] });
  expect(undone.headers).toHaveProperty('rapport-position');
  await app.settled();
  expect(await state()).toBe(before);
});

it('says that it was undone, for as long as it is', async () => {
  const { id } = await imported('Name,E-mail\nDan,dan@example.com\nEve,eve@example.com\n');
  const said = async () => (await ann.get(`/contacts/imports/${id}`)).body.undone;
  expect((await ann.post(`/contacts/imports/${id}/undo`, { dryRun: true })).body).toMatchObject({ done: 2 });
  expect(await said()).toBeUndefined();
  const { correlation } = (await ann.post('/services/contacts/undo', { correlation: id })).body as { correlation: string };
  expect(await said()).toMatchObject({ correlation, done: 2, left: 0, by: 'ann' });
  const redone = (await ann.post('/services/contacts/undo', { correlation })).body;
  expect([redone, await said()]).toMatchObject([{ conflicts: [], cannot: [] }, undefined]);
  expect((await ann.get('/contacts?search=eve')).body).toHaveLength(1);
  const again = (await ann.post('/services/contacts/undo', { correlation: redone.correlation })).body;
  expect([again, await said()]).toMatchObject([
    { conflicts: [], cannot: [] },
    { correlation, done: 2 },
  ]);
  expect((await ann.get('/contacts?search=eve')).body).toEqual([]);
});

/** A hash over all that lists show: what "as before" means. */
async function state(): Promise<string> {
  const lists = await Promise.all(
    ['/contacts?sort=name', '/accounts?sort=name'].map(async (path) => (await ann.get(path)).body as object[]),
  );
  const docs = lists.map((list) => list.map((doc) => ({ ...doc, changedAt: undefined })));
  return createHash('sha256').update(JSON.stringify(docs)).digest('hex');
}

it('goes on after a crash where it stood, each row once', async () => {
  const rows = Array.from({ length: 1200 }, (_, at) => `P${at},p${at}@example.com`).join('\n');
  const { id } = await upload(`Name,E-mail\n${rows}\n`);
  const runtime = app.runtime('contacts');
  // The log refuses in the middle, as a full disk would.
  const { append } = runtime.engines.log;
  let calls = 0;
  runtime.engines.log.append = (...args: Parameters<typeof append>) => {
    if (++calls > 700) throw new Error('no room');
    return append.apply(runtime.engines.log, args);
  };
  await ann.post(`/contacts/imports/${id}/run`, {});
  await expect(app.settled()).rejects.toThrow();
  runtime.engines.log.append = append;
  await app.running.get('contacts')!.imports!.batches.work('acme', id);
  const page = (await ann.get(`/contacts/imports/${id}`)).body;
  expect(page).toMatchObject({ status: 'done', counts: { created: 1200, updated: 0, unchanged: 0, rejected: 0 } });
  const made = (await runtime.engines.log.readLog(0, 10_000)).filter(({ type }) => type === 'contacts.contact.created');
  expect(made).toHaveLength(1200);
});

it('is those’s alone who may import, and shows nobody another’s', async () => {
  const { id } = await upload(PEOPLE);
  const seller = app.as('sam', { roles: ['seller'] });
  expect((await seller.post('/contacts/imports', PEOPLE, { 'content-type': 'text/csv' })).status).toBe(403);
  for (const path of ['', '/findings', '/rejected'])
    expect([403, 404]).toContain((await seller.get(`/contacts/imports/${id}${path}`)).status);
  const other = app.as('zed', { roles: ['administrator'], tenant: 'other' });
  for (const path of ['', '/findings', '/rejected']) expect((await other.get(`/contacts/imports/${id}${path}`)).status).toBe(404);
  expect((await other.get('/contacts/imports')).body).toEqual([]);
  expect((await ann.get(`/accounts/imports/${id}`)).status).toBe(404);
});
