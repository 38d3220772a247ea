import { parseDay } from './parse-day.ts';

const TODAY = '2017-12-31';
const english = (typed: string) => parseDay(typed, 'en', TODAY);

it('reads a day as people type it', () => {
  for (const typed of ['14 jul', '14 July', 'jul 14', 'July 14, 2017', '14.7', '14/7/17', '14.07.2017', '2017-07-14', ' 2017/7/14 '])
    expect([typed, english(typed)]).toEqual([typed, '2017-07-14']);
});

it('takes the last such day where no year is typed', () => {
  expect(english('31 dec')).toBe('2017-12-31');
  expect(parseDay('14 jul', 'en', '2017-03-01')).toBe('2016-07-14');
  expect(parseDay('29 feb', 'en', '2017-03-01')).toBe('2016-02-29');
});

it('knows the words for the last days', () => {
  expect([english('today'), english('Yesterday')]).toEqual(['2017-12-31', '2017-12-30']);
  expect(parseDay('вчера', 'ru', TODAY)).toBe('2017-12-30');
  expect(parseDay('אתמול', 'he', TODAY)).toBe('2017-12-30');
});

it('speaks the language of the pages, and English', () => {
  expect(parseDay('14 июля', 'ru', TODAY)).toBe('2017-07-14');
  expect(parseDay('14 юли', 'bg', TODAY)).toBe('2017-07-14');
  expect(parseDay('14 ביולי', 'he', TODAY)).toBe('2017-07-14');
  expect(parseDay('14 iyul', 'uz', TODAY)).toBe('2017-07-14');
  expect(parseDay('14 july', 'ru', TODAY)).toBe('2017-07-14');
});

it('says nothing of what is no day', () => {
  for (const typed of ['', 'soon', '14', '31 feb', '14 ju', '2017-13-01', '32.1'])
    expect([typed, english(typed)]).toEqual([typed, undefined]);
});
