import { serverEvents } from './event-stream.ts';

const streamOf = (...parts: string[]) => new Blob(parts).stream();
async function read(...parts: string[]) {
  const found = [];
  for await (const event of serverEvents(streamOf(...parts))) found.push(event);
  return found;
}

it('reads events however they are cut, and passes over comments', async () => {
  expect(await read('retry: 2000\n\n: still here\n\nevent: change\nda', 'ta: {"id":"ש"}\n\n', 'id: 7\ndata: a\ndata: b\r\n\r\n')).toEqual([
    { event: 'change', data: '{"id":"ש"}' },
    { event: 'message', data: 'a\nb', id: '7' },
  ]);
});
it('does not tell of an event that broke off', async () => expect(await read('event: change\ndata: {}')).toEqual([]));
