import { forgetKept } from '../offline/kept.ts';
import { languageNow } from '../theme/look.ts';
import * as oidc from './oidc.ts';

/**
 * Who is signed in. The access token lives in this module and nowhere else; a reload gets a new one by the issuer's cookie (decision 21). `offline`:
 * the server could not be reached, so what was kept is shown without a token.
 */
let tokens: oidc.Tokens | undefined;
let offline = false;
let renewing: Promise<string | undefined> | undefined;

const EARLY = 30_000;
const tabs = new BroadcastChannel('rapport.session');
tabs.addEventListener('message', ({ data }) => {
  if (data === 'signed-out') location.assign('/');
});

/** Signs in, or finds out that somebody is. Where nobody is it leaves for the sign-in page and never resolves. @returns where to go, if not here */
export async function begin(): Promise<string | undefined> {
  if (location.pathname === '/signed-in') {
    const done = await oidc.finish(new URLSearchParams(location.search));
    tokens = done?.tokens;
    if (done) return done.back;
  }
  try {
    tokens ??= await oidc.renew();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    offline = true;
    return undefined;
  }
  if (!tokens) await signInAgain();
  return location.pathname === '/signed-in' ? '/' : undefined;
}

/** Signs in on the spot, after the first run's page has made the user. */
export async function beginWith(email: string, password: string): Promise<boolean> {
  tokens = await oidc.signInWith(email, password);
  return tokens !== undefined;
}

/** Whether somebody is signed in in this browser. */
export const isSomebodyHere = async (): Promise<boolean> => (await oidc.renew()) !== undefined;

/** Signs in who has just chosen a password. Whoever else is signed in here is signed out first. */
export async function changeTo(email: string, password: string): Promise<boolean> {
  const former = await oidc.renew();
  if (former) await end(former);
  return beginWith(email, password);
}

/** A token that is good for the next request; undefined while the server cannot be reached. */
export async function token(): Promise<string | undefined> {
  if (tokens && tokens.expires - EARLY > Date.now()) return tokens.access;
  renewing ??= oidc
    .renew()
    .then(async (renewed) => {
      offline = false;
      tokens = renewed;
      if (!renewed) await signInAgain();
      return renewed?.access;
    })
    .catch((error: unknown) => {
      if (!(error instanceof TypeError)) throw error;
      offline = true;
      return undefined;
    })
    .finally(() => (renewing = undefined));
  return renewing;
}

/** The token was refused: the next request gets another. */
export function distrust(): void {
  tokens = undefined;
}

/** Whether the last attempt to reach the issuer failed. */
export const isOffline = (): boolean => offline;

/** The session has ended, elsewhere or by time: whoever is here signs in again and comes back to the same page. */
export async function signInAgain(): Promise<never> {
  return oidc.leaveToSignIn(location.pathname === '/signed-in' ? '/' : location.pathname + location.search, languageNow());
}

/** Ends the session here, in every open tab and at the issuer, and forgets what was kept for reading offline. */
export async function signOut(): Promise<void> {
  await end(tokens);
  location.assign('/');
}

async function end(session: oidc.Tokens | undefined): Promise<void> {
  tokens = undefined;
  sessionStorage.clear();
  await forgetKept();
  if (session) await oidc.endSession(session);
  tabs.postMessage('signed-out');
}
