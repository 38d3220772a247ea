// A load generator in a process of its own: bounded in time and connections, loopback only.
// In: a JSON line { url, token, connections, seconds, requests: [{ method, path, body?, headers? }] }; out: a JSON line of figures.
import http from 'node:http';

const plan = JSON.parse(process.argv[2]);
const target = new URL(plan.url);
if (target.hostname !== '127.0.0.1') throw new Error('loopback only');
const seconds = Math.min(plan.seconds, 60);
const connections = Math.min(plan.connections, 256);
const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
const times = [];
const statuses = {};
let sent = 0;
let lastHeaders = {};
const started = performance.now();
const until = started + seconds * 1000;

const once = (request) =>
  new Promise((resolve, reject) => {
    const body = request.body === undefined ? undefined : JSON.stringify(request.body).replaceAll('{{n}}', String(sent));
    const began = performance.now();
    const out = http.request(
      {
        agent,
        hostname: target.hostname,
        port: target.port,
        method: request.method,
        path: request.path.replaceAll('{{n}}', String(sent)),
        headers: {
          authorization: `Bearer ${plan.token}`,
          ...(body ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } : {}),
          ...request.headers,
        },
      },
      (answer) => {
        answer.resume();
        answer.on('end', () => {
          times.push(performance.now() - began);
          statuses[answer.statusCode] = (statuses[answer.statusCode] ?? 0) + 1;
          if (answer.headers['rapport-position']) lastHeaders = { position: answer.headers['rapport-position'] };
          resolve();
        });
      },
    );
    out.on('error', reject);
    out.end(body);
  });

await Promise.all(
  Array.from({ length: connections }, async () => {
    while (performance.now() < until) await once(plan.requests[sent++ % plan.requests.length]);
  }),
);
const took = (performance.now() - started) / 1000;
agent.destroy();
times.sort((a, b) => a - b);
const at = (share) => Number((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(2));
process.stdout.write(
  `${JSON.stringify({ perSecond: Math.round(times.length / took), count: times.length, p50: at(0.5), p99: at(0.99), statuses, ...lastHeaders })}\n`,
);
