import { textsOf, type Language } from './texts.ts';

/** The issuer's own pages: signing in, signing out. No script, nothing from elsewhere; they look as the product does. */

type SignIn = { language: Language; action?: string; email?: string; fault?: 'wrong' | 'wait' | 'expired'; seconds?: number };

export function signInPage({ language, action, email = '', fault, seconds = 0 }: SignIn): string {
  const t = textsOf(language);
  const note = fault ? `<p class="fault" role="alert">${t[fault].replace('{seconds}', String(seconds))}</p>` : '';
  const form = action
    ? `<form method="post" action="${escape(action)}">
        <label>${t.email} <input name="email" type="email" dir="ltr" autocomplete="username" required value="${escape(email)}"${email ? '' : ' autofocus'}></label>
        <label>${t.password} <input name="password" type="password" dir="ltr" autocomplete="current-password" required${email ? ' autofocus' : ''}></label>
        <button class="primary">${t.signIn}</button></form>`
    : '';
  return frame(language, t.signIn, `${note}${form}`);
}

/** @param form the issuer's own form, with its secret; without buttons */
export function leavePage(language: Language, form: string): string {
  const t = textsOf(language);
  const buttons = `<div class="row"><button class="primary" name="logout" value="yes" form="op.logoutForm">${t.signOut}</button><button form="op.logoutForm">${t.stay}</button></div>`;
  return frame(language, t.leave, `${form}${buttons}`);
}

const escape = (text: string) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

const LOGO = `<svg width="44" height="44" viewBox="0 0 24 24" fill="none" aria-hidden="true"><path d="M7 20V4h5.2a4.6 4.6 0 0 1 0 9.2H7" stroke="currentColor" stroke-width="2.6" stroke-linejoin="round" stroke-linecap="round"/><path d="M11.6 13.4 15 17" stroke="currentColor" stroke-width="2.6" stroke-linecap="round"/><circle cx="17.4" cy="19.4" r="2.6" fill="#eead3b"/></svg>`;

const frame = (language: Language, title: string, body: string) => `<!doctype html>
<html lang="${language}" dir="${language === 'he' ? 'rtl' : 'ltr'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} · Rapport</title><link rel="icon" href="/icon.svg" type="image/svg+xml">
<style>
@font-face { font-family: 'IBM Plex Sans'; font-weight: 100 700; font-display: swap; src: url(/assets/ibm-plex-sans-latin-wght-normal.woff2) format('woff2'); unicode-range: U+0000-00FF, U+2000-206F; }
@font-face { font-family: 'IBM Plex Sans'; font-weight: 100 700; font-display: swap; src: url(/assets/ibm-plex-sans-cyrillic-wght-normal.woff2) format('woff2'); unicode-range: U+0400-045F; }
@font-face { font-family: 'IBM Plex Sans Hebrew'; font-weight: 400; font-display: swap; src: url(/assets/ibm-plex-sans-hebrew-hebrew-400-normal.woff2) format('woff2'); unicode-range: U+0590-05FF; }
@font-face { font-family: 'IBM Plex Sans Hebrew'; font-weight: 600; font-display: swap; src: url(/assets/ibm-plex-sans-hebrew-hebrew-600-normal.woff2) format('woff2'); unicode-range: U+0590-05FF; }
:root { color-scheme: light; --canvas: #f0f5f6; --surface: #fff; --line: #d8e0e2; --control: #7f8c8f; --text: #0c1a1d; --text-2: #445357; --accent: #035b65; --hover: #00444c; --focus: #187480; --fault: #983928; --fault-tint: #ffe5de; --logo: #032e33; }
@media (prefers-color-scheme: dark) { :root { color-scheme: dark; --canvas: #111d20; --surface: #1a272a; --line: #2e3c40; --control: #68787c; --text: #e7ecee; --text-2: #c4cccf; --accent: #187480; --hover: #34929f; --focus: #5caebb; --fault: #f6ab9b; --fault-tint: #4d2620; --logo: #e7ecee; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px 16px; background: var(--canvas); color: var(--text); font: 400 14px/20px 'IBM Plex Sans', 'IBM Plex Sans Hebrew', system-ui, 'Segoe UI', 'Noto Sans', sans-serif; }
main { width: 100%; max-width: 360px; background: var(--surface); border: 1px solid var(--line); border-radius: 8px; padding: 32px; }
svg { color: var(--logo); margin-inline-start: -6px; }
h1 { margin: 12px 0 20px; font-size: 20px; line-height: 28px; font-weight: 600; }
label { display: block; margin-top: 16px; font-size: 13px; line-height: 18px; font-weight: 500; }
input { display: block; width: 100%; height: 40px; margin-top: 4px; padding: 0 12px; font: inherit; font-size: 16px; font-weight: 400; color: inherit; background: var(--surface); border: 1px solid var(--control); border-radius: 5px; }
[dir=rtl] input { text-align: end; }
button { height: 40px; padding: 0 16px; font: inherit; font-weight: 500; color: inherit; background: var(--surface); border: 1px solid var(--control); border-radius: 5px; cursor: pointer; }
button.primary { background: var(--accent); border-color: var(--accent); color: #fff; }
button.primary:hover { background: var(--hover); border-color: var(--hover); }
form > button.primary { width: 100%; margin-top: 24px; }
.row { display: flex; gap: 8px; flex-wrap: wrap; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
.fault { margin: 0; padding: 10px 12px; border-radius: 5px; color: var(--fault); background: var(--fault-tint); }
</style></head><body><main>${LOGO}<h1>${title}</h1>${body}</main></body></html>`;
