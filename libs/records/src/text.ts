/** Invisible characters that make equal text unequal, or show it in another order than it is read: zero width, bidi controls, BOM, soft hyphen. */
const INVISIBLE = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** Text as it should have been typed: composed (NFC), without invisible characters, with single spaces and none around it. Lines are kept. */
export function cleanText(text: string): string {
  return text
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/[\s\u00a0]+/g, ' ').trim())
    .join('\n')
    .trim();
}

/** A value as it is kept, what was typed where that differs, and what was wrong where it could not be understood. */
export type Standard = { value: string; typed?: string; finding?: string };

export const standard = (value: string, typed: string, finding?: string): Standard => ({
  value,
  ...(typed === value ? {} : { typed }),
  ...(finding ? { finding } : {}),
});
