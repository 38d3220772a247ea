/** The two plain pages there are before the web pages: signing in, and the first run. No script, no outside resource. */

type SignIn = { action?: string; fault?: 'wrong' | 'wait' | 'expired'; seconds?: number };

const FAULTS = {
  wrong: () => 'That address and password do not belong together.',
  wait: (seconds = 0) => `Too many tries. Wait ${seconds} seconds, then try again.`,
  expired: () => 'This sign-in was left open too long. Go back to Rapport and start again.',
};

export function signInPage({ action, fault, seconds }: SignIn): string {
  const note = fault ? `<p class="fault" role="alert">${FAULTS[fault](seconds)}</p>` : '';
  const form = action
    ? `<form method="post" action="${escape(action)}">
        <label>E-mail <input name="email" type="email" autocomplete="username" required autofocus></label>
        <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
        <button>Sign in</button></form>`
    : '';
  return frame('Sign in', `${note}${form}`);
}

export type WelcomeState = { token: string; fault?: string; email?: string };

/** The first run: who is the administrator, and what to begin with. */
export function welcomePage({ token, fault, email = '' }: WelcomeState): string {
  return frame(
    'Welcome to Rapport',
    `${fault ? `<p class="fault" role="alert">${escape(fault)}</p>` : '<p>You are the first here. Choose how you sign in, and what to begin with.</p>'}
    <form method="post" action="/welcome">
      <input type="hidden" name="token" value="${escape(token)}">
      <label>Your name <input name="name" autocomplete="name" required maxlength="200"></label>
      <label>E-mail <input name="email" type="email" autocomplete="username" required value="${escape(email)}"></label>
      <label>Password, at least 12 characters <input name="password" type="password" autocomplete="new-password" minlength="12" maxlength="256" required></label>
      <fieldset><legend>Begin with</legend>
        <label class="choice"><input type="radio" name="begin" value="sample" checked> Try with sample data</label>
        <label class="choice"><input type="radio" name="begin" value="import"> Import a file</label>
        <label class="choice"><input type="radio" name="begin" value="empty"> Start empty</label>
      </fieldset>
      <button>Begin</button>
    </form>`,
  );
}

export function messagePage(title: string, paragraphs: string[]): string {
  return frame(title, paragraphs.map((text) => `<p>${text}</p>`).join(''));
}

export const escape = (text: string) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

const frame = (title: string, body: string) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} · Rapport</title>
<style>
:root { color-scheme: light dark; font: 15px/1.5 'IBM Plex Sans', system-ui, sans-serif; }
body { margin: 12vh auto; max-width: 26rem; padding: 0 1.5rem; }
h1 { font-size: 1.6rem; font-weight: 600; }
label { display: block; margin: 1rem 0 0; font-weight: 500; }
label.choice { font-weight: 400; margin: .4rem 0; }
input:not([type=radio]) { display: block; width: 100%; box-sizing: border-box; padding: .5rem; margin-top: .25rem; font: inherit; border: 1px solid #8a94a0; border-radius: 5px; }
fieldset { border: 1px solid #c6ccd3; border-radius: 5px; margin: 1.25rem 0 0; }
button { margin-top: 1.5rem; padding: .55rem 1.2rem; font: inherit; font-weight: 600; border: 0; border-radius: 5px; background: #0b6470; color: #fff; }
:focus-visible { outline: 2px solid #0b6470; outline-offset: 2px; }
.fault { color: #a43b1f; }
code { background: #8883; padding: .1em .3em; border-radius: 3px; }
</style></head><body><main><h1>${title}</h1>${body}</main></body></html>`;
