import { moved, nextSort, shownColumns, withWidth, type Column } from './columns.ts';
import { isSelected, NOTHING, page, reached, toggled } from './selection.ts';

const column = (field: string, fixed = false): Column<object> => ({ field, header: field, width: 100, fixed, cell: () => null });
const columns = [column('name', true), column('title'), column('owner')];

describe('columns', () => {
  it('stand as the layout says; what is fixed comes first, what is not known is left out', () => {
    const shown = shownColumns(columns, [{ field: 'owner', width: 222 }, { field: 'gone' }, { field: 'title' }]);
    expect(shown.map(({ field, width }) => [field, width])).toEqual([
      ['name', 100],
      ['owner', 222],
      ['title', 100],
    ]);
  });
  it('move within their bounds', () => {
    const layout = [{ field: 'a' }, { field: 'b' }, { field: 'c' }];
    expect(moved(layout, 'c', -1).map(({ field }) => field)).toEqual(['a', 'c', 'b']);
    expect(moved(layout, 'a', -1)).toEqual(layout);
  });
  it('are neither too narrow nor too wide; also one that the layout does not name has a width', () => {
    expect(withWidth([{ field: 'a' }], 'a', 5)).toEqual([{ field: 'a', width: 60 }]);
    expect(withWidth([], 'name', 4000)).toEqual([{ field: 'name', width: 800 }]);
  });
  it('sort rising, falling, then as before', () => {
    expect([nextSort(undefined, 'name'), nextSort('name', 'name'), nextSort('-name', 'name'), nextSort('owner', 'name')]).toEqual([
      'name',
      '-name',
      undefined,
      'name',
    ]);
  });
});

describe('a selection', () => {
  const rows = ['a', 'b', 'c', 'd'];
  it('takes and leaves single rows', () => {
    const one = toggled(NOTHING, 'b');
    expect([isSelected(one, 'b'), isSelected(toggled(one, 'b'), 'b')]).toEqual([true, false]);
  });
  it('reaches from the row chosen last, either way', () => {
    expect([...reached(toggled(NOTHING, 'c'), rows, 'a').ids].sort()).toEqual(['a', 'b', 'c']);
    expect([...reached(NOTHING, rows, 'b').ids]).toEqual(['b']);
  });
  it('takes all rows of the page by the box above them, then none', () => {
    const all = page(NOTHING, rows);
    expect([...all.ids]).toEqual(rows);
    expect(page(all, rows)).toEqual(NOTHING);
  });
  it('holds rows that are not loaded, when all that match are meant', () =>
    expect(isSelected({ ids: new Set(), all: true }, 'z')).toBe(true));
});
