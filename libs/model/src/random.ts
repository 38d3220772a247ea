import { randomFillSync } from 'node:crypto';

const PAGE = 4_096;
let page = Buffer.alloc(0);
let used = 0;

/** Random bytes for ids and nonces, drawn by the page: a call for each costs more than what it is for. Not for keys, which the page would outlive. */
export function randomOf(bytes: number): Buffer {
  if (used + bytes > page.length) [page, used] = [randomFillSync(Buffer.allocUnsafeSlow(Math.max(PAGE, bytes))), 0];
  used += bytes;
  return page.subarray(used - bytes, used);
}
