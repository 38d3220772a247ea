// A load generator in a process of its own, lean enough to leave the cores to what is measured: keep-alive sockets, one request under way on each,
// answers cut by their length. Bounded in time and connections, loopback only.
// In: a JSON line { url, token, connections, seconds, rate?, requests: [{ method, path, body?, headers? }] }, `{{n}}` counts, `rate` is how many a second at most; out: a JSON line of figures.
import net from 'node:net';

const plan = JSON.parse(process.argv[2]);
const target = new URL(plan.url);
if (target.hostname !== '127.0.0.1') throw new Error('loopback only');
const seconds = Math.min(plan.seconds, 60);
const connections = Math.min(plan.connections, 256);
const times = [];
const statuses = {};
let [sent, due, position, failure] = [0, 0, undefined, undefined];
const started = performance.now();
const until = started + seconds * 1000;

function nextRequest() {
  const { method, path, body, headers } = plan.requests[sent % plan.requests.length];
  const n = String(sent++);
  const text = body === undefined ? '' : JSON.stringify(body).replaceAll('{{n}}', n);
  const further = { ...(text ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) } : {}), ...headers };
  const lines = Object.entries(further).map(([name, value]) => `${name}: ${String(value).replaceAll('{{n}}', n)}\r\n`);
  return `${method} ${path.replaceAll('{{n}}', n)} HTTP/1.1\r\nhost: ${target.host}\r\nauthorization: Bearer ${plan.token}\r\n${lines.join('')}\r\n${text}`;
}

/** One connection, until the time is over. */
function connection() {
  return new Promise((resolve, reject) => {
    const socket = net.connect(Number(target.port), target.hostname).setNoDelay(true);
    let kept = Buffer.alloc(0);
    let began = 0;
    const send = () => {
      const early = plan.rate ? started + (due++ * 1000) / plan.rate - performance.now() : 0;
      if (early >= 1) return void setTimeout(ask, early);
      ask();
    };
    const ask = () => {
      if (performance.now() >= until) return socket.end();
      began = performance.now();
      socket.write(nextRequest());
    };
    socket.on('connect', send);
    socket.on('data', (part) => {
      kept = kept.length === 0 ? part : Buffer.concat([kept, part]);
      const end = kept.indexOf('\r\n\r\n');
      if (end === -1) return;
      const head = kept.latin1Slice(0, end).toLowerCase();
      const length = /\r\ncontent-length: (\d+)/.exec(head);
      const whole = length
        ? kept.length >= end + 4 + Number(length[1])
        : /\r\ntransfer-encoding: chunked/.test(head)
          ? kept.subarray(-5).latin1Slice() === '0\r\n\r\n'
          : true;
      if (!whole) return;
      times.push(performance.now() - began);
      const status = head.slice(9, 12);
      statuses[status] = (statuses[status] ?? 0) + 1;
      position = /\r\nrapport-position: ([^\r]+)/.exec(head)?.[1] ?? position;
      kept = Buffer.alloc(0);
      send();
    });
    socket.on('close', resolve);
    socket.on('error', (error) => reject((failure ??= error)));
  });
}

await Promise.all(Array.from({ length: connections }, connection));
const took = (performance.now() - started) / 1000;
times.sort((a, b) => a - b);
const at = (share) => Number((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(2));
process.stdout.write(
  `${JSON.stringify({ perSecond: Math.round(times.length / took), count: times.length, p50: at(0.5), p99: at(0.99), statuses, position })}\n`,
);
