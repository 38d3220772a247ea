/** Letters that Unicode does not take apart, but people type as others. */
const TABLE: Record<string, string> = {
  ß: 'ss',
  ẞ: 'ss',
  ø: 'o',
  ł: 'l',
  ı: 'i',
  æ: 'ae',
  œ: 'oe',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ё: 'е',
  ґ: 'г',
  ʻ: '',
  ʼ: '',
  '’': '',
  "'": '',
};
const TABLED = new RegExp(`[${Object.keys(TABLE).join('')}]`, 'gu');
const MOST_WORDS = 300;
const LONGEST = 64;

/**
 * Text as it sorts and compares: compatibility forms taken apart, marks dropped (Latin and Greek accents, Hebrew points, Arabic vowels), lower
 * case, single letters by table. й and ї keep their mark: they are letters of their own.
 */
export function foldText(text: string): string {
  // ASCII, by far the most, needs none of it.
  if (/^[\x20-\x7e]*$/.test(text)) return text.toLowerCase().replaceAll("'", '');
  return text
    .normalize('NFC')
    .replace(/[йЙїЇ]/g, (letter) => ({ й: '\ue001', Й: '\ue001', ї: '\ue002', Ї: '\ue002' })[letter]!)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(TABLED, (letter) => TABLE[letter]!)
    .replace(/[\ue001\ue002]/g, (letter) => (letter === '\ue001' ? 'й' : 'ї'));
}

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** The words search goes by, each once, in order of appearance: runs of letters and digits, CJK text as pairs of characters. */
export function words(text: string): string[] {
  const found = new Set<string>();
  for (const run of foldText(text).match(/[\p{L}\p{N}]+/gu) ?? []) {
    if (CJK.test(run)) {
      const letters = [...run];
      if (letters.length === 1) found.add(run);
      for (let place = 0; place + 1 < letters.length; place++) found.add(letters[place]! + letters[place + 1]!);
    } else found.add(run.slice(0, LONGEST));
    if (found.size >= MOST_WORDS) break;
  }
  return [...found].slice(0, MOST_WORDS);
}
