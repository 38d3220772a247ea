import { isRight, judgeLog, judgeRows, judgeTimeline, judgeTopic, newVerdict } from './oracle.mjs';

const deal = (revision: number, source: unknown, more: object = {}) => ({
  id: `d${revision}`,
  tenant: 'main',
  stream: 'sales.opportunity/1',
  revision,
  position: revision,
  type: revision === 1 ? 'sales.opportunity.opened' : 'sales.opportunity.changed',
  data: { source },
  ...more,
});
const asked = (revision: number, marker: string) => ({
  marker,
  tenant: 'main',
  stream: 'sales.opportunity/1',
  revision,
  type: revision === 1 ? 'sales.opportunity.opened' : 'sales.opportunity.changed',
});
const LOG = [deal(1, 'a'), deal(2, { from: 'a', to: 'b' }), deal(3, { from: 'b', to: 'c' })];
const ASKED = [asked(1, 'a'), asked(2, 'b'), asked(3, 'c')];
const counts = ({ checked, lost, doubled, outOfOrder, repeats }: ReturnType<typeof judgeTopic>) => [
  checked,
  lost,
  doubled,
  outOfOrder,
  ...(repeats === undefined ? [] : [repeats]),
];

describe('the log', () => {
  it('is right when every acknowledged command stands where its answer said', () => {
    expect(counts(judgeLog(ASKED, LOG))).toEqual([3, 0, 0, 0]);
  });

  it('may hold what was never acknowledged, once', () => {
    expect(counts(judgeLog(ASKED.slice(0, 1), LOG))).toEqual([1, 0, 0, 0]);
  });

  it.each([
    ['is missing', LOG.slice(0, 2)],
    ['is another one', [LOG[0]!, LOG[1]!, deal(3, { from: 'b', to: 'x' })]],
    ['is of another type', [LOG[0]!, LOG[1]!, { ...LOG[2]!, type: 'sales.opportunity.lost' }]],
  ])('has lost a command whose event %s', (_, log) => {
    expect(counts(judgeLog(ASKED, log))).toEqual([3, 1, 0, 0]);
  });

  it('has a command twice when its marker was made into two events', () => {
    expect(counts(judgeLog(ASKED, [...LOG, deal(4, { from: 'c', to: 'b' })]))).toEqual([3, 0, 1, 0]);
  });

  it('is out of order when a revision is left out', () => {
    expect(counts(judgeLog([], [LOG[0]!, LOG[2]!]))).toEqual([0, 0, 0, 1]);
  });
});

describe('a topic', () => {
  const message = (revision: number, id = `d${revision}`) => ({
    partition: 0,
    id,
    tenant: 'main',
    stream: 'sales.opportunity/1',
    revision,
  });

  it('is right when it holds every event, whatever comes again', () => {
    expect(counts(judgeTopic('sales', LOG, [message(1), message(2), message(1), message(2), message(3)]))).toEqual([3, 0, 0, 0, 2]);
  });

  it('has lost what it does not hold', () => {
    expect(counts(judgeTopic('sales', LOG, [message(1), message(3)]))).toEqual([3, 1, 0, 0, 0]);
  });

  it('has something twice that comes again under another id, or that no log has', () => {
    expect(counts(judgeTopic('sales', LOG, [message(1), message(2), message(3), message(2, 'x'), message(4)]))).toEqual([3, 0, 2, 0, 0]);
  });

  it('is out of order when a first occurrence comes behind a later one', () => {
    expect(counts(judgeTopic('sales', LOG, [message(1), message(3), message(2)]))).toEqual([3, 0, 0, 1, 0]);
  });
});

describe('a list', () => {
  const expected = new Map([
    ['1', 'c'],
    ['2', 'z'],
  ]);

  it.each([
    ['is right', [{ id: '1', source: 'c' }, { id: '2', source: 'z' }], [2, 0, 0, 0]], // prettier-ignore
    ['has lost a record', [{ id: '1', source: 'c' }], [2, 1, 0, 0]],
    ['has lost the last change', [{ id: '1', source: 'b' }, { id: '2', source: 'z' }], [2, 1, 0, 0]], // prettier-ignore
    ['has a record twice', [{ id: '1', source: 'c' }, { id: '1', source: 'c' }, { id: '2', source: 'z' }], [2, 0, 1, 0]], // prettier-ignore
    ['has one of nowhere', [{ id: '1', source: 'c' }, { id: '2', source: 'z' }, { id: '3' }], [2, 0, 1, 0]], // prettier-ignore
  ])('%s', (_, rows, wanted) => {
    expect(counts(judgeRows('list', expected, rows))).toEqual(wanted);
  });
});

describe('a timeline', () => {
  const entry = (revision: number, id = `d${revision}`) => ({ id, record: 'sales.opportunity/1', revision });
  const judged = (entries: ReturnType<typeof entry>[]) => {
    const found = newVerdict('timelines');
    judgeTimeline(found, 'contacts.contact/1', LOG, entries);
    return counts(found);
  };

  it.each([
    ['is right, newest first', [3, 2, 1], [3, 0, 0, 0]],
    ['has lost an event', [3, 1], [3, 1, 0, 0]],
    ['is out of order', [3, 1, 2], [3, 0, 0, 1]],
  ])('%s', (_, revisions, wanted) => {
    expect(judged(revisions.map((revision) => entry(revision)))).toEqual(wanted);
  });

  it('has an event twice, or one of nowhere', () => {
    expect(judged([entry(3), entry(2), entry(2), entry(1)])).toEqual([3, 0, 1, 1]);
    expect(judged([entry(4), entry(3), entry(2), entry(1)])).toEqual([3, 0, 1, 0]);
  });
});

it('one fault anywhere is not as promised', () => {
  const right = newVerdict('a');
  expect(isRight([right])).toBe(true);
  expect(isRight([right, { ...right, doubled: 1 }])).toBe(false);
});
