import { csvFile } from './csv.ts';

it('quotes what needs it, and takes no formula from what somebody typed', async () => {
  const bytes = new Uint8Array(await csvFile([['a,b', 'say "x"', '=1+1', 'Дина']]).arrayBuffer());
  expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)).toBe('\ufeff"a,b","say ""x""",\'=1+1,Дина\r\n');
});
