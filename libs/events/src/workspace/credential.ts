import { defineEvent, Instant, Text } from '#model';

/** A password was chosen; `hash` says how it was made. The stream has the user's id. Credentials never leave workspace. */
export const PasswordSet = defineEvent('workspace.credential.password-set', { hash: Text, at: Instant }, { internal: true });
