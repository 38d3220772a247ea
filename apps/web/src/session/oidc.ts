/** The issuer's side of signing in: authorization code with PKCE (RFC 7636), at the issuer this server carries. */

const CLIENT = 'rapport-web';
const REDIRECT = () => `${location.origin}/signed-in`;
const PENDING = 'rapport.sign-in';

/** `id`: the ID token, which says to the issuer whose session ends. `expires`: milliseconds since 1970. */
export type Tokens = { access: string; id: string; expires: number };
type Pending = { state: string; verifier: string; back: string };

const random = (bytes: number) => base64(crypto.getRandomValues(new Uint8Array(bytes)));
const base64 = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

async function request(back: string, further: Record<string, string>): Promise<{ url: string; pending: Pending }> {
  const pending = { state: random(16), verifier: random(32), back };
  const challenge = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(pending.verifier));
  const query = new URLSearchParams({
    client_id: CLIENT,
    response_type: 'code',
    scope: 'openid',
    redirect_uri: REDIRECT(),
    code_challenge: base64(new Uint8Array(challenge)),
    code_challenge_method: 'S256',
    state: pending.state,
    ...further,
  });
  return { url: `/oidc/auth?${query}`, pending };
}

/**
 * Asks for tokens by the issuer's own session: its cookie, which no script can read, stands for a former sign-in. The issuer is this server, so the
 * answer's address can be read without leaving the page.
 *
 * @returns undefined when nobody is signed in there. @throws TypeError when the issuer cannot be reached
 */
export async function renew(): Promise<Tokens | undefined> {
  const { url, pending } = await request('', { prompt: 'none' });
  const answer = await fetch(url, { redirect: 'follow', headers: { accept: 'text/html' } });
  return answered(answer, pending);
}

/** Leaves for the sign-in page; it comes back to `back`. */
export async function leaveToSignIn(back: string, language: string): Promise<never> {
  await mustBeHome(back);
  const { url, pending } = await request(back, { ui_locales: language });
  sessionStorage.setItem(PENDING, JSON.stringify(pending));
  location.assign(url);
  return new Promise(() => undefined); // the page goes away
}

/** Cookies and the issuer's answers belong to one address; whoever came by another one of the same server (`localhost`) is brought there. */
async function mustBeHome(back: string): Promise<void> {
  const answer = await fetch('/oidc/.well-known/openid-configuration');
  const { issuer } = (await answer.json()) as { issuer: string };
  const home = new URL(issuer).origin;
  if (home === location.origin) return;
  location.replace(home + back);
  await new Promise(() => undefined); // the page goes away
}

/** Signs in with what was just typed, without leaving the page: for the first run. @returns undefined when it is refused */
export async function signInWith(email: string, password: string): Promise<Tokens | undefined> {
  const { url, pending } = await request('', {});
  const form = await fetch(url, { headers: { accept: 'text/html' } });
  await form.text();
  const answer = await fetch(form.url, { method: 'POST', body: new URLSearchParams({ email, password }) });
  return answered(answer, pending);
}

/** Takes up a sign-in that has come back to `/signed-in`. @returns undefined when it is none of ours, or was refused */
export async function finish(query: URLSearchParams): Promise<{ tokens: Tokens; back: string } | undefined> {
  const kept = sessionStorage.getItem(PENDING);
  sessionStorage.removeItem(PENDING);
  if (!kept) return undefined;
  const pending = JSON.parse(kept) as Pending;
  const code = query.get('code');
  if (query.get('state') !== pending.state || code === null) return undefined;
  const tokens = await exchange(code, pending.verifier);
  return tokens && { tokens, back: pending.back };
}

/** Ends the issuer's session. Its form, which asks whether that is meant, is answered at once: who is here has just said so. */
export async function endSession({ id }: Pick<Tokens, 'id'>): Promise<void> {
  const query = new URLSearchParams({ client_id: CLIENT, id_token_hint: id, post_logout_redirect_uri: `${location.origin}/` });
  const page = await fetch(`/oidc/session/end?${query}`, { headers: { accept: 'text/html' } });
  // Read by its two values: a parsed document would want to apply the page's own styles.
  const html = await page.text();
  const [action, secret] = [/<form[^>]* action="([^"]+)"/.exec(html)?.[1], /name="xsrf" value="([^"]+)"/.exec(html)?.[1]];
  if (!action || !secret) return; // there was no session any more
  const fields = new URLSearchParams({ xsrf: secret, logout: 'yes' });
  const left = await fetch(new URL(action, location.origin).pathname, { method: 'POST', body: fields, redirect: 'follow' });
  await left.text();
}

/** The tokens that the answer's address brings a code for. Its body is the page's own document, of no use here, but read so that the request is over. */
async function answered(answer: Response, pending: Pending): Promise<Tokens | undefined> {
  await answer.text();
  const query = new URL(answer.url).searchParams;
  const code = query.get('state') === pending.state ? query.get('code') : null;
  return code === null ? undefined : exchange(code, pending.verifier);
}

async function exchange(code: string, verifier: string): Promise<Tokens | undefined> {
  const began = Date.now();
  const answer = await fetch('/oidc/token', {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: CLIENT,
      code,
      redirect_uri: REDIRECT(),
      code_verifier: verifier,
    }),
  });
  if (!answer.ok) return undefined;
  const body = (await answer.json()) as { access_token: string; id_token: string; expires_in: number };
  return { access: body.access_token, id: body.id_token, expires: began + body.expires_in * 1000 };
}
