import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Adapter, AdapterPayload, Configuration, JWK } from 'oidc-provider';
import { checkPassword } from './passwords.ts';
import { leavePage, signInPage } from './pages.ts';
import { languageOf } from './texts.ts';
import { Throttle } from './throttle.ts';

const WEB = 'rapport-web';
const CLI = 'rapport-cli';

/** The audience of access tokens: the product's HTTP interface, wherever it is served. */
export const API_AUDIENCE = 'urn:rapport:api';

/** People who may sign in, as workspace knows them. */
export type SignInDirectory = {
  /** The account that signs in by this address, whatever its tenant; undefined when there is none or it is deactivated. */
  byEmail(email: string): Promise<{ userId: string; tenant: string; passwordHash?: string } | undefined>;
  /** Still there and active? Asked whenever a token is issued. */
  active(userId: string): Promise<boolean>;
};

/** Where sessions, codes and tokens are kept between requests; see the engine `issuer-store`. */
export type IssuerMemory = {
  put(
    model: string,
    id: string,
    payload: Record<string, unknown>,
    expiresAt: number | undefined,
    links: { grantId?: string; uid?: string; userCode?: string },
  ): void;
  get(model: string, id: string): Record<string, unknown> | undefined;
  findBy(model: string, link: 'uid' | 'userCode', value: string): Record<string, unknown> | undefined;
  consume(model: string, id: string, at: number): void;
  remove(model: string, id: string): void;
  removeGrant(grantId: string): void;
};

export type IssuerOptions = {
  /** The issuer's own address, `http://127.0.0.1:3000/oidc`. */
  url: string;
  /** Private signing key (ES256) as a JWK with its `kid`. */
  key: JWK;
  /** Secrets that sign cookies, newest first. */
  cookieSecrets: string[];
  /** Where browsers may be sent back to, with a code and after signing out. */
  redirectUris: string[];
  leftUris: string[];
  directory: SignInDirectory;
  memory: IssuerMemory;
  /** Milliseconds since 1970. */
  now: () => number;
};

export type Issuer = {
  /** Answers a request below the issuer's address; the path is relative to it. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** The sign-in form: shows it, or takes what was typed. */
  interaction(request: IncomingMessage, response: ServerResponse, body: Record<string, string> | undefined, address: string): Promise<void>;
};

/**
 * A small OpenID Connect issuer for the first run, on oidc-provider: authorization code with PKCE for public clients, access tokens as JWTs of
 * five minutes, rotating refresh tokens. Any other issuer is configuration.
 */
export async function openIssuer(options: IssuerOptions): Promise<Issuer> {
  const { default: Provider, interactionPolicy } = await loadProvider();
  const policy = interactionPolicy.base();
  // The clients are our own pages and command line: signing in is the consent, and a session need not be confirmed.
  policy.get('consent')!.checks.remove('native_client_prompt');
  // Somebody who was deactivated has a session still: it is as good as none.
  policy
    .get('login')!
    .checks.add(
      new interactionPolicy.Check(
        'no_account',
        'End-User authentication is required',
        ({ oidc }) => !!oidc.session?.accountId && !oidc.account,
      ),
    );
  const throttle = new Throttle(options.now);
  const secure = options.url.startsWith('https:');
  const configuration: Configuration = {
    adapter: adapterOn(options.memory, options.now),
    clients: [WEB, CLI].map((client_id) => ({
      client_id,
      application_type: 'native' as const,
      token_endpoint_auth_method: 'none' as const,
      // The pages hold no token that outlives them: a new one comes by the session's cookie, which no script can read.
      grant_types: client_id === WEB ? ['authorization_code'] : ['authorization_code', 'refresh_token'],
      response_types: ['code' as const],
      redirect_uris: options.redirectUris,
      post_logout_redirect_uris: options.leftUris,
    })),
    pkce: { required: () => true },
    jwks: { keys: [options.key] },
    cookies: {
      keys: options.cookieSecrets,
      long: { signed: true, httpOnly: true, sameSite: 'lax', secure },
      short: { signed: true, httpOnly: true, sameSite: 'lax', secure },
    },
    scopes: ['openid', 'offline_access'],
    claims: { openid: ['sub'] },
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: async (ctx, form) => {
          ctx.type = 'text/html; charset=utf-8';
          ctx.set(SECURE);
          ctx.body = leavePage(languageOf(ctx.get('accept-language')), form);
        },
      },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => API_AUDIENCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: '',
          audience: API_AUDIENCE,
          accessTokenFormat: 'jwt',
          accessTokenTTL: 300,
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
    ttl: {
      AccessToken: 300,
      AuthorizationCode: 60,
      IdToken: 300,
      Interaction: 900,
      Session: 14 * 86_400,
      Grant: 14 * 86_400,
      RefreshToken: 14 * 86_400,
    },
    rotateRefreshToken: true,
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    findAccount: async (_ctx, sub) =>
      (await options.directory.active(sub)) ? { accountId: sub, claims: async () => ({ sub }) } : undefined,
    // One product, one owner of the data: signing in is the consent.
    loadExistingGrant: async (ctx) => {
      const { client, session } = ctx.oidc;
      if (!client || !session?.accountId) return undefined;
      const kept = session.grantIdFor(client.clientId);
      const grant = kept ? await ctx.oidc.provider.Grant.find(kept) : undefined;
      if (grant) return grant;
      const made = new ctx.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      made.addOIDCScope('openid offline_access');
      made.addResourceScope(API_AUDIENCE, '');
      await made.save();
      return made;
    },
    interactions: { policy, url: (_ctx, interaction) => `${new URL(options.url).pathname}/sign-in/${interaction.uid}` },
    renderError: async (ctx, out) => {
      ctx.type = 'application/problem+json';
      ctx.body = JSON.stringify({
        type: '/problems/sign-in',
        title: 'Signing in failed',
        status: ctx.status,
        code: out.error,
        detail: out.error_description ?? 'Start again from the first page.',
      });
    },
  };
  const provider = new Provider(options.url, configuration);
  const callback = provider.callback();

  return {
    handle: (request, response) => void callback(request, response),

    async interaction(request, response, body, address) {
      const details = await provider.interactionDetails(request, response).catch(() => undefined);
      const preferred = String(details?.params.ui_locales ?? request.headers['accept-language'] ?? '');
      const language = languageOf(preferred);
      if (!details) return page(response, 410, signInPage({ language, fault: 'expired' }));
      const shown = { language, action: details.uid };
      if (!body) return page(response, 200, signInPage(shown));
      const email = (body.email ?? '').trim().toLowerCase();
      const keys = [digest(`name:${email}`), digest(`address:${address}`)];
      const pause = throttle.wait(...keys);
      if (pause > 0) {
        response.setHeader('Retry-After', String(pause));
        return page(response, 429, signInPage({ ...shown, email, fault: 'wait', seconds: pause }));
      }
      const found = await options.directory.byEmail(email);
      if (!(await checkPassword(body.password ?? '', found?.passwordHash)) || !found) {
        throttle.failed(...keys);
        return page(response, 401, signInPage({ ...shown, email, fault: 'wrong' }));
      }
      throttle.succeeded(keys[0]!);
      await provider.interactionFinished(
        request,
        response,
        { login: { accountId: found.userId, remember: true } },
        { mergeWithLastSubmission: false },
      );
    },
  };
}

/** The forms' own pages: no script, no frame, nothing from elsewhere. */
const SECURE = {
  'cache-control': 'no-store',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
};

const digest = (text: string) => createHash('sha256').update(text).digest('base64url');

function page(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    ...SECURE,
  });
  response.end(html);
}

function adapterOn(memory: IssuerMemory, now: () => number): (name: string) => Adapter {
  const seconds = () => Math.floor(now() / 1000);
  return (model) => ({
    upsert: async (id: string, payload: AdapterPayload, expiresIn: number) => {
      const { grantId, uid, userCode } = payload;
      memory.put(model, id, payload as Record<string, unknown>, expiresIn ? seconds() + expiresIn : undefined, { grantId, uid, userCode });
    },
    find: async (id: string) => memory.get(model, id) as AdapterPayload | undefined,
    findByUid: async (uid: string) => memory.findBy(model, 'uid', uid) as AdapterPayload | undefined,
    findByUserCode: async (code: string) => memory.findBy(model, 'userCode', code) as AdapterPayload | undefined,
    consume: async (id: string) => memory.consume(model, id, seconds()),
    destroy: async (id: string) => memory.remove(model, id),
    revokeByGrantId: async (grantId: string) => memory.removeGrant(grantId),
  });
}

/**
 * Loaded where it is used: threads that only project import this module's index too. It warns of every Node that is not a long-term release yet, at each
 * start; which Node runs is ours to choose and to test, and is no news for whoever starts a CRM.
 */
/* oxlint-disable no-console -- it is what the package writes to */
async function loadProvider(): Promise<typeof import('oidc-provider')> {
  const { warn } = console;
  console.warn = (...said: unknown[]) => {
    if (!String(said[0]).includes('Unsupported runtime')) warn(...said);
  };
  try {
    return await import('oidc-provider');
  } finally {
    console.warn = warn;
  }
}
