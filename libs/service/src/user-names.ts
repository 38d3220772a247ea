import { Flag, Id, List, on, Optional, projection, start, Text, type Projection } from '#model';
import { UserChanged, UserCreated } from '#events/workspace/user';
import { emailKey, nameKey } from '#records';

export type UserName = { id: string; name: string; email?: string; active: boolean; keys: string[] };

/** What a service that is not workspace knows of the people who work here: by which names and addresses a file may mean one. */
export const userNames = (service: string): Projection<UserName> =>
  projection(
    `${service}.user-name`,
    { id: Id, name: Text, email: Optional(Text), active: Flag, keys: List(Text) },
    { version: 1, access: 'everyone', indexes: [['keys']] },
    start(UserCreated, (e) => keyed({ ...e.data, id: e.recordId })),
    on(UserChanged, (user, e) => keyed(UserChanged.apply(user, e))),
  );

const keyed = <T extends { name: string; email?: string }>(user: T): T & { keys: string[] } => ({ ...user, keys: userKeys(user) });

/** By what a file may name somebody: the name, or the e-mail address. */
export const userKeys = ({ name, email }: { name: string; email?: string }): string[] => [
  nameKey(name),
  ...(email ? [emailKey(email)] : []),
];
export const userKey = (text: string): string => (text.includes('@') ? emailKey(text) : nameKey(text));
