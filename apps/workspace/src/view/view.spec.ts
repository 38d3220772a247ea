import { spec, viewSpec } from '#testing';
import { ViewChanged, ViewCreated } from '#events/workspace/view';
import { view } from './view.ts';
import { viewRow } from './view-row.ts';

const given = spec(view);
const vip = {
  name: 'Key customers',
  of: 'contacts.contact',
  filter: 'tags has "key customer"',
  sort: 'name',
  columns: [{ field: 'name', width: 240 }],
};
const created = ViewCreated({ ...vip, ownerId: 'ann', shared: false });

it('belongs to whoever makes it, and is theirs alone unless it is shared', () => {
  given()
    .as({ actor: 'ann' })
    .when('create', { ...vip, name: '  Key  customers ' })
    .then(created);
  given()
    .as({ actor: 'ann' })
    .when('create', { name: 'All', of: 'contacts.contact', shared: true })
    .then(ViewCreated({ name: 'All', of: 'contacts.contact', ownerId: 'ann', shared: true, columns: [] }));
});

it('records what changed, clears what is null, and is silent when nothing did', () => {
  given(created)
    .when('change', { shared: true, filter: null })
    .then(ViewChanged({ shared: { from: false, to: true }, filter: { from: vip.filter } }));
  given(created).when('change', { name: 'Key customers' }).then();
});

it('is owned by nobody in particular once it is shared, so that everybody sees it', () => {
  const at = '2026-03-02T09:00:00.000Z';
  viewSpec(viewRow)(created).then({ ...vip, id: 'r1', ownerId: 'ann', madeBy: 'ann', shared: false, createdAt: at });
  viewSpec(viewRow)(created, ViewChanged({ shared: { from: false, to: true } })).then({
    ...vip,
    id: 'r1',
    madeBy: 'ann',
    shared: true,
    createdAt: at,
  });
});
