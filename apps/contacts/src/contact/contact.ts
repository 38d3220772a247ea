import { act, create, decider, fold, on, one, ref, reject, start, state, to } from '#model';
import { ContactAbsorbed, ContactChanged, ContactCreated, ContactMerged, ContactReleased, ContactUnmerged } from '#events/contacts/contact';
import { cleanText } from '#records';
import { addressesOf, emailsOf, isoCountry, phonesOf } from '../channels.ts';
import { strangeChoice } from '../choices.ts';
import { Merge, Unmerge } from '../merge.commands.ts';
import { ChangeContact, CreateContact } from './contact.commands.ts';

export type Contact = Parameters<typeof ContactCreated>[0] & {
  /** Everybody it has absorbed, directly or through them. */
  members: string[];
  mergedInto?: string;
};

const evolve = fold<Contact>(
  start(ContactCreated, (e) => ({ ...e.data, members: [] })),
  on(ContactChanged, (contact, e) => ContactChanged.apply(contact, e)),
  on(ContactMerged, (contact, e) => ({ ...contact, members: [...contact.members, ...e.data.members] })),
  on(ContactUnmerged, (contact, e) => ({ ...contact, members: contact.members.filter((member) => !e.data.members.includes(member)) })),
  on(ContactAbsorbed, (contact, e) => ({ ...contact, mergedInto: e.data.survivorId })),
  on(ContactReleased, ({ mergedInto: _, ...contact }) => contact),
);
const self = state('contacts.contact', evolve);

export const contact = decider(
  'contacts.contact',
  evolve,
  {
    create: create(
      CreateContact,
      (command, { actor, country }) => {
        const name = cleanText(command.name ?? [command.givenName, command.familyName].filter(Boolean).join(' '));
        const { emails = [], phones = [], addresses = [], ...rest } = command;
        if (name === '' && emails.length === 0 && phones.length === 0)
          return reject('nothing-to-call-it-by', { hint: 'give a name, an e-mail address or a phone number' });
        return ContactCreated({
          tags: [],
          lifecycleStage: 'lead',
          ...rest,
          ownerId: command.ownerId ?? actor,
          name: name || emails[0]?.address || phones[0]!.number,
          emails: emailsOf(emails),
          phones: phonesOf(phones, homeOf(addresses) ?? country),
          addresses: addressesOf(addresses),
        });
      },
      { undo: 'remove' },
    ),

    change: act(
      ChangeContact,
      (contact, patch, { country }) =>
        ContactChanged.between(contact, standardised(patch, homeOf(patch.addresses ?? contact.addresses) ?? country)),
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
          ContactMerged({ absorbedId, members: [absorbedId, ...other.members], chosen }),
          to('other', ContactAbsorbed({ survivorId: id })),
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
        return [ContactUnmerged({ releasedId, members: [releasedId, ...other.members] }), to('other', ContactReleased({ survivorId: id }))];
      },
      { undo: 'merge', ability: 'merge' },
    ),
  },
  {
    about: (contact) => [...contact.members, ref('contacts.account', contact.accountId)],
    inverse: {
      [ContactMerged.type]: (data) => ({ command: 'unmerge', data: { releasedId: data.absorbedId } }),
      [ContactUnmerged.type]: (data) => ({ command: 'merge', data: { absorbedId: data.releasedId } }),
    },
  },
);

function standardised({ emails, phones, addresses, name, ...rest }: ChangeContact, home: string | undefined): Record<string, unknown> {
  return {
    ...rest,
    ...(name === undefined ? {} : { name: cleanText(name) }),
    ...(emails === undefined ? {} : { emails: emailsOf(emails ?? []) }),
    ...(phones === undefined ? {} : { phones: phonesOf(phones ?? [], home) }),
    ...(addresses === undefined ? {} : { addresses: addressesOf(addresses ?? []) }),
    ...(rest.tags === null ? { tags: [] } : {}),
  };
}

/** The country of the first address: whose numbers need no prefix there. */
const homeOf = (addresses: { country?: string }[]): string | undefined => isoCountry(addresses[0]?.country);
