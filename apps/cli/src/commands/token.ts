import { accessToken, welcomeToken } from '#engines/data-folder';
import { EXIT, Fault } from '../fault.ts';
import { API_AUDIENCE, issuerOf, type Setting } from '../setting.ts';

/**
 * An access token for the first administrator or a named user, or a new welcome link, for whoever can read the data folder.
 *
 * @param asked `user`: an e-mail address, looked up on the running server, or a user's id; `minutes`: how long the token is good for
 */
export async function token(setting: Setting, asked: { user?: string; welcome?: boolean; minutes: number }): Promise<void> {
  const identity = setting.identity();
  const issuer = issuerOf(setting.url);
  if (asked.welcome) {
    const link = `${setting.url.replace(/\/+$/, '')}/welcome?token=${await welcomeToken(identity, { issuer, now: setting.now() })}`;
    return setting.output.answer({ link, minutes: 15 }, () => [link]);
  }
  const user = asked.user === undefined ? identity.administrator : await userOf(setting, asked.user);
  const made = await accessToken(identity, { issuer, audience: API_AUDIENCE, user, minutes: asked.minutes, now: setting.now() });
  return setting.output.answer({ token: made, user, minutes: asked.minutes }, () => [made]);
}

type User = { id: string; email?: string };

async function userOf(setting: Setting, named: string): Promise<string> {
  if (!named.includes('@')) return named;
  const found = await setting.client().send<User[] | { items: User[] }>('GET', `/users?search=${encodeURIComponent(named)}&limit=50`);
  const users = Array.isArray(found) ? found : found.items;
  const user = users.find(({ email }) => email?.toLowerCase() === named.toLowerCase());
  if (user) return user.id;
  throw new Fault(EXIT.failed, `Nobody signs in as ${named}.`);
}
