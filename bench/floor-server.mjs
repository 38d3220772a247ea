// The floor for reading: Fastify with a verified-token check and a constant answer, nothing else. Prints its port.
import { createHash } from 'node:crypto';
import Fastify from 'fastify';
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose';

const { publicKey, privateKey } = await generateKeyPair('ES256');
const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'floor', alg: 'ES256' }] });
const token = await new SignJWT({})
  .setProtectedHeader({ alg: 'ES256', kid: 'floor' })
  .setSubject('floor')
  .setExpirationTime('2h')
  .sign(privateKey);
const verified = new Map();

const app = Fastify();
app.addHook('preHandler', async (request, reply) => {
  const bearer = (request.headers.authorization ?? '').slice(7);
  const digest = createHash('sha256').update(bearer).digest('base64');
  if (verified.get(digest) > Date.now()) return;
  try {
    await jwtVerify(bearer, keys);
    verified.set(digest, Date.now() + 60_000);
  } catch {
    return reply.code(401).send();
  }
});
const answer = JSON.parse(process.env.FLOOR_ANSWER ?? '{"id":"x"}');
app.get('/one', async () => answer);
app.post('/one', async (request) => request.body);
await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`${JSON.stringify({ port: app.server.address().port, token })}\n`);
