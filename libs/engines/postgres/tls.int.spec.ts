import { execFile, spawnSync } from 'node:child_process';
import { chmod, chown, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { connectTo } from '#engines/postgres';
import { missing, start } from '../../../tools/engines/postgres.mjs';

const run = promisify(execFile);
const lacking = (await missing()) ?? (spawnSync('openssl', ['version']).error && 'There is no openssl here to make a certificate with.');

/** A certificate for a name, signed by itself. */
async function certificate(folder: string, name: string) {
  const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.crt`)];
  const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`];
  await run('openssl', [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-days',
    '2',
    '-keyout',
    key,
    '-out',
    cert,
    ...subject,
  ]);
  return { key, cert };
}

(lacking ? describe.skip : describe)('TLS: PostgreSQL', () => {
  let folder: string;
  let server: Awaited<ReturnType<typeof start>>;
  let localhost: { key: string; cert: string };
  let stranger: { cert: string };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tls-'));
    await chmod(folder, 0o755);
    localhost = await certificate(folder, 'localhost');
    stranger = await certificate(folder, 'elsewhere');
    await chmod(localhost.key, 0o600);
    // The server takes no key but its own; it is made first, to see as whom it runs.
    const first = await start({ folder: join(folder, 'server') });
    await first.stop();
    const { uid, gid } = await stat(join(folder, 'server', 'cluster'));
    await chown(localhost.key, uid, gid);
    server = await start({
      folder: join(folder, 'server'),
      settings: { ssl: 'on', ssl_cert_file: localhost.cert, ssl_key_file: localhost.key },
    });
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });

  async function session(query: string, host = 'localhost'): Promise<unknown> {
    const url = new URL(server.address);
    url.hostname = host;
    url.search = query;
    const connections = await connectTo({ url: url.href, name: 'tls', timeout: 5_000 }, 1);
    try {
      return (await connections.send<[boolean]>({ text: 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()' }))[0]![0];
    } catch (error) {
      return (error as Error).message;
    } finally {
      await connections.close();
    }
  }

  it('is spoken with a server whose certificate is known', async () =>
    expect(await session(`?sslmode=verify-full&sslrootcert=${encodeURIComponent(localhost.cert)}`)).toBe(true));

  it('is refused with one whose certificate is another, or for another name', async () => {
    expect(await session(`?sslmode=verify-full&sslrootcert=${encodeURIComponent(stranger.cert)}`)).toBe(
      'PostgreSQL cannot be reached (DEPTH_ZERO_SELF_SIGNED_CERT)',
    );
    expect(await session(`?sslmode=verify-full`)).toBe('PostgreSQL cannot be reached (DEPTH_ZERO_SELF_SIGNED_CERT)');
    expect(await session(`?sslmode=verify-full&sslrootcert=${encodeURIComponent(localhost.cert)}`, '127.0.0.1')).toBe(
      'PostgreSQL cannot be reached (ERR_TLS_CERT_ALTNAME_INVALID)',
    );
  });

  it('is not spoken unless it is asked for', async () => expect(await session('')).toBe(false));
});
