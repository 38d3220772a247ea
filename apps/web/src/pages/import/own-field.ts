/** `Shoe size` → `shoeSize`, as a field of one's own is named; undefined where nothing in it can be. */
export function ownFieldOf(heading: string): string | undefined {
  const words = heading
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean);
  const name = words
    .map((word, at) => (at === 0 ? word.toLowerCase() : `${word[0]!.toUpperCase()}${word.slice(1).toLowerCase()}`))
    .join('')
    .replace(/^\d+/, '')
    .slice(0, 50);
  return name === '' ? undefined : `custom.${name[0]!.toLowerCase()}${name.slice(1)}`;
}
