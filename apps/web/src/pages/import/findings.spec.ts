import { grouped } from './findings.ts';
import { ownFieldOf } from './own-field.ts';

it('puts findings that say the same together, what rejects rows first', () => {
  const findings = [
    { row: 2, column: 'Phone', severity: 'note' as const, problem: 'has no country prefix' },
    { row: 3, column: 'Email', severity: 'rejected' as const, problem: 'is no e-mail address', hint: 'name@example.com' },
    { row: 4, column: 'Phone', severity: 'note' as const, problem: 'has no country prefix' },
    { row: 5, severity: 'rejected' as const, problem: 'has 1 cells where the heading has 2' },
    { row: 6, column: 'Email', severity: 'rejected' as const, problem: 'is no e-mail address', hint: 'name@example.com' },
  ];
  expect(grouped(findings).map(({ column, rows }) => [column, rows])).toEqual([
    ['Email', [3, 6]],
    [undefined, [5]],
    ['Phone', [2, 4]],
  ]);
});

it('names a field of one’s own by its heading', () => {
  expect(['Shoe size', 'VIP', '2nd choice', 'Città natale', 'אבג'].map(ownFieldOf)).toEqual([
    'custom.shoeSize',
    'custom.vip',
    'custom.ndChoice',
    'custom.cittaNatale',
    undefined,
  ]);
});
