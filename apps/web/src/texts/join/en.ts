/** What somebody reads who was given a link to sign in by. */
export default {
  page: 'Join',
  title: 'Welcome, {name}',
  lead: 'This link lets you in. Choose a password; from then on you sign in with it and your e-mail.',
  email: 'You sign in as',
  former: 'Whoever is signed in here now will be signed out.',
  begin: 'Sign in',
  spent: 'This link is no longer good',
  spentHint: 'It works once, for three days, and only until another is made. Ask whoever sent it to you for a new one.',
} as const;
