import { ActionIcon, Button } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { api } from '../../../api/api.ts';
import { useFormat } from '../../../format/use-format.ts';
import { Avatar } from '../../../parts/avatar.tsx';
import { Card } from '../../../parts/card.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { useValueTexts } from '../../../parts/filter/use-sentence.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { RecordName } from '../../../parts/record-name.tsx';
import { queryClient } from '../../../queries/client.ts';
import { useActs } from '../../../shell/use-acts.ts';
import { useCustomerTexts } from '../../../texts/customer/index.ts';
import css from '../customer.module.css';
import type { CustomerPage } from '../customer-page.ts';
import { directMembers, nameIn } from '../members.ts';
import { historyQuery, renewCustomer } from '../queries.ts';
import { NewContact } from '../../contacts/new-contact.tsx';

const FIRST = 6;

/** The people of a company. */
export function PeoplePanel({ page: { of, id, shown, moment, may } }: { page: CustomerPage }) {
  const [t, format] = [useCustomerTexts(), useFormat()];
  const [all, setAll] = useState(false);
  const [making, setMaking] = useState(false);
  const { people } = shown;
  if (!people) return null;
  return (
    <Card
      title={t('people')}
      count={format.number(people.length)}
      end={
        may('create contact') &&
        !moment.isPast && (
          <ActionIcon aria-label={t('addPerson')} onClick={() => setMaking(true)}>
            <Icon name="plus" size="s" />
          </ActionIcon>
        )
      }
    >
      {people.length === 0 ? (
        <Empty title={t(moment.isPast ? 'noPeopleThen' : 'noPeople')}>{t('noPeopleHint')}</Empty>
      ) : (
        <ul className={css.list}>
          {people.slice(0, all ? undefined : FIRST).map((person) => (
            <Row key={person.id} id={person.id} kind="contacts.contact" name={person.name} about={person.jobTitle} />
          ))}
        </ul>
      )}
      {people.length > FIRST && (
        <button type="button" className={`link xs ${css.fold}`} aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('fewerPeople') : t('allPeople', { n: people.length })}
        </button>
      )}
      {making && (
        <NewContact
          opened
          accountId={id}
          onClose={() => {
            setMaking(false);
            void renewCustomer(of, [id]);
          }}
        />
      )}
    </Card>
  );
}

/** Where a person works, what a company is part of, and what is part of it. */
export function RelationsPanel({ page }: { page: CustomerPage }) {
  const [t, valueOf] = [useCustomerTexts(), useValueTexts()];
  const { shown } = page;
  const parent = (shown.profile as { parentId?: string }).parentId;
  const subsidiaries = shown.subsidiaries ?? [];
  if (!shown.account && !parent && subsidiaries.length === 0) return null;
  return (
    <Card title={t('relations')}>
      <ul className={css.list}>
        {shown.account && (
          <Row
            id={shown.account.id}
            kind="contacts.account"
            name={shown.account.name}
            about={[t('worksAt'), shown.account.sector && valueOf(shown.account.sector)].filter(Boolean).join(' · ')}
          />
        )}
        {parent && <Row id={parent} kind="contacts.account" about={t('partOf')} />}
        {subsidiaries.map(({ id, name }) => (
          <Row key={id} id={id} kind="contacts.account" name={name} about={t('subsidiary')} />
        ))}
      </ul>
    </Card>
  );
}

function Row({ id, kind, name, about, end }: { id: string; kind: string; name?: string; about?: ReactNode; end?: ReactNode }) {
  return (
    <li>
      <Avatar id={id} name={name ?? '·'} square={kind === 'contacts.account'} />
      <div className="grow">
        <div className="ellipsis">
          <RecordName kind={kind} id={id} name={name} className="medium plain-link" />
        </div>
        {about && (
          <div className="xs faint ellipsis">
            <bdi>{about}</bdi>
          </div>
        )}
      </div>
      {end}
    </li>
  );
}

/** Who was merged into the customer: each can be taken apart again, with what came along. */
export function MembersPanel({ page }: { page: CustomerPage }) {
  const [t, acts, format] = [useCustomerTexts(), useActs(), useFormat()];
  const { of, id, shown, now, moment, may } = page;
  const members = shown.members.filter((member) => member !== shown.profile.id);
  const own = useQuery({ ...historyQuery(of.resource, id), enabled: members.length > 0 }).data;
  const histories = useQueries({ queries: members.map((member) => historyQuery(of.resource, member)) });
  if (members.length === 0) return null;
  const direct = own ? directMembers(own) : [];
  const release = async (releasedId: string, name: string) => {
    const path = `/${of.resource}/${id}/unmerge`;
    await acts.attempt(
      'contacts',
      (act) => api.send('post', path, { releasedId }, { act }),
      () => t('releasedSaid', { name, from: now.profile.name }),
    );
    await queryClient.invalidateQueries();
  };
  return (
    <Card title={t('members')} count={format.number(members.length)}>
      <ul className={css.list}>
        {members.map((member, at) => {
          const name = nameIn(histories[at]?.data) ?? '…';
          const takesApart = may('merge') && !moment.isPast && direct.includes(member);
          return (
            <li key={member}>
              <Avatar id={member} name={name} square={of.square} />
              <div className="grow">
                <bdi className="cut medium">{name}</bdi>
                <div className="xs faint">{t('mergedInto')}</div>
              </div>
              {takesApart && (
                <Button size="xs" aria-label={t('releaseName', { name })} onClick={() => void release(member, name)}>
                  {t('release')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
