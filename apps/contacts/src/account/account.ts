import { act, create, decider, fold, maybe, on, one, ref, reject, start, state, to } from '#model';
import { AccountAbsorbed, AccountChanged, AccountCreated, AccountMerged, AccountReleased, AccountUnmerged } from '#events/contacts/account';
import { cleanText, country, nearest } from '#records';
import { addressesOf, emailsOf, isoCountry, phonesOf } from '../channels.ts';
import { strangeChoice } from '../choices.ts';
import { Merge, Unmerge } from '../merge.commands.ts';
import { ChangeAccount, CreateAccount } from './account.commands.ts';
import { SECTORS } from './sectors.ts';

export type Account = Parameters<typeof AccountCreated>[0] & { members: string[]; mergedInto?: string };

const evolve = fold<Account>(
  start(AccountCreated, (e) => ({ ...e.data, members: [] })),
  on(AccountChanged, (account, e) => AccountChanged.apply(account, e)),
  on(AccountMerged, (account, e) => ({ ...account, members: [...account.members, ...e.data.members] })),
  on(AccountUnmerged, (account, e) => ({ ...account, members: account.members.filter((member) => !e.data.members.includes(member)) })),
  on(AccountAbsorbed, (account, e) => ({ ...account, mergedInto: e.data.survivorId })),
  on(AccountReleased, ({ mergedInto: _, ...account }) => account),
);
const self = state('contacts.account', evolve);

export const account = decider(
  'contacts.account',
  evolve,
  {
    create: create(
      CreateAccount,
      (c) => ({ parent: maybe(self, c.parentId) }),
      (command, { actor, country: home, found }) => {
        if (command.parentId && !found.parent) return reject('unknown-record', { record: 'parent' });
        const { emails = [], phones = [], addresses = [], ownerId = actor, ...rest } = command;
        return AccountCreated({
          tags: [],
          ...rest,
          ownerId: ownerId ?? undefined,
          name: cleanText(command.name),
          ...present(standardised(rest)),
          emails: emailsOf(emails),
          phones: phonesOf(phones, isoCountry(rest.country) ?? home),
          addresses: addressesOf(addresses),
        });
      },
      { undo: 'remove' },
    ),

    change: act(
      ChangeAccount,
      (c) => ({ parent: maybe(self, c.parentId ?? undefined) }),
      (account, patch, { id, country: home, found }) => {
        if (patch.parentId && !found.parent) return reject('unknown-record', { record: 'parent' });
        // One step is all that can be seen here; longer circles are broken where parents are followed.
        if (patch.parentId && (patch.parentId === id || found.parent?.parentId === id))
          return reject('parent-in-a-circle', { parentId: patch.parentId });
        const { emails, phones, addresses, ...rest } = patch;
        return AccountChanged.between(account, {
          ...rest,
          ...(rest.name === undefined ? {} : { name: cleanText(rest.name) }),
          ...standardised(rest),
          ...(emails === undefined ? {} : { emails: emailsOf(emails ?? []) }),
          ...(phones === undefined ? {} : { phones: phonesOf(phones ?? [], isoCountry(rest.country ?? account.country) ?? home) }),
          ...(addresses === undefined ? {} : { addresses: addressesOf(addresses ?? []) }),
          ...(rest.tags === null ? { tags: [] } : {}),
        });
      },
      { undo: 'change' },
    ),

    merge: act(
      Merge,
      (c) => ({ other: one(self, c.absorbedId) }),
      (root, { absorbedId, chosen }, { id, found: { other } }) => {
        if (absorbedId === id || root.mergedInto || other.mergedInto)
          return reject('not-two-roots', { hint: 'both must be unmerged records or survivors' });
        const stranger = strangeChoice(chosen, [id, absorbedId, ...root.members, ...other.members]);
        if (stranger) return reject('not-a-member', stranger);
        return [
          AccountMerged({ absorbedId, members: [absorbedId, ...other.members], chosen }),
          to('other', AccountAbsorbed({ survivorId: id })),
        ];
      },
      { undo: 'unmerge', ability: 'merge' },
    ),

    unmerge: act(
      Unmerge,
      (c) => ({ other: one(self, c.releasedId) }),
      (root, { releasedId }, { id, found: { other } }) => {
        // Whoever was absorbed is taken apart after it was let go itself: its survivor's members are told of it.
        if (root.mergedInto) return reject('not-a-root', { mergedInto: root.mergedInto });
        if (other.mergedInto !== id) return reject('not-a-direct-member', { releasedId });
        return [AccountUnmerged({ releasedId, members: [releasedId, ...other.members] }), to('other', AccountReleased({ survivorId: id }))];
      },
      { undo: 'merge', ability: 'merge' },
    ),
  },
  {
    about: (account) => [...account.members, ref('contacts.account', account.parentId)],
    inverse: {
      [AccountMerged.type]: (data) => ({ command: 'unmerge', data: { releasedId: data.absorbedId } }),
      [AccountUnmerged.type]: (data) => ({ command: 'merge', data: { absorbedId: data.releasedId } }),
    },
  },
);

/** Country and sector as they are kept, what was typed beside them where it differs; null where there is none. */
function standardised(form: { country?: string | null; sector?: string | null }): Record<string, string | null> {
  const kept: Record<string, string | null> = {};
  if (form.country !== undefined) {
    const found = form.country === null ? undefined : country(form.country);
    kept.country = found?.value ?? null;
    kept.countryTyped = found?.typed ?? null;
  }
  if (form.sector !== undefined) {
    const typed = form.sector === null ? null : cleanText(form.sector);
    const near = typed === null ? undefined : nearest(SECTORS, typed);
    kept.sector = near && near !== 'ambiguous' ? near : typed;
    kept.sectorTyped = form.sector === kept.sector ? null : form.sector;
  }
  return kept;
}

/** A new record has no members that are null. */
const present = (fields: Record<string, string | null>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== null));
