import { useQuery } from '@tanstack/react-query';
import type { Contact } from '../../api/kinds.ts';
import { useFormat } from '../../format/use-format.ts';
import { Avatar } from '../../parts/avatar.tsx';
import { Badge } from '../../parts/badge.tsx';
import { Drawer } from '../../parts/drawer.tsx';
import { useFieldTexts, useValueTexts } from '../../parts/filter/use-sentence.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';
import { RecordName } from '../../parts/record-name.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { recordQuery } from '../../queries/records.ts';
import css from './contacts.module.css';

/** A contact looked at aside, without leaving the list. */
export function ContactAside({ id, name, onClose }: { id: string | undefined; name: string; onClose: () => void }) {
  return (
    <Drawer opened={id !== undefined} onClose={onClose} title={<bdi>{name}</bdi>}>
      {id !== undefined && <Facts id={id} />}
    </Drawer>
  );
}

function Facts({ id }: { id: string }) {
  const [format, fieldOf, valueOf] = [useFormat(), useFieldTexts(), useValueTexts()];
  const { data, error, refetch } = useQuery(recordQuery('contacts.contact', id));
  if (error) return <ProblemNotice error={error} again={() => void refetch()} />;
  if (!data) return <Skeleton widths={[40, 80, 60, 70]} />;
  const contact: Contact = data.doc;
  const facts: [string, React.ReactNode][] = [
    ['accountId', <RecordName key="account" kind="contacts.account" id={contact.accountId} />],
    ['ownerId', <RecordName key="owner" kind="workspace.user" id={contact.ownerId} plain />],
    ...contact.emails.map(({ address }): [string, React.ReactNode] => [
      'email',
      <a key={address} href={`mailto:${address}`}>
        <bdi dir="ltr">{address}</bdi>
      </a>,
    ]),
    ...contact.phones.map(({ number }): [string, React.ReactNode] => [
      'phones',
      <a key={number} href={`tel:${number.replaceAll(' ', '')}`}>
        <bdi dir="ltr">{number}</bdi>
      </a>,
    ]),
    ...contact.addresses.map((address, at): [string, React.ReactNode] => [
      'addresses',
      // oxlint-disable-next-line react/no-array-index-key -- addresses have nothing but their place
      <bdi key={at}>{[address.street, address.postalCode, address.city, address.region, address.country].filter(Boolean).join(', ')}</bdi>,
    ]),
    ...(contact.source ? ([['source', <bdi key="source">{contact.source}</bdi>]] as [string, React.ReactNode][]) : []),
    ['changedAt', format.dateTime(contact.changedAt)],
  ];
  return (
    <>
      <div className="row" style={{ marginBottom: 16 }}>
        <Avatar id={contact.id} name={contact.name} size="lg" />
        <div>
          {contact.jobTitle && <div className="muted">{contact.jobTitle}</div>}
          <div className="row wrap">
            <Badge tone="act">{valueOf(contact.lifecycleStage)}</Badge>
            {contact.tags.map((tag) => (
              <Badge key={tag} tone="line">
                <bdi>{tag}</bdi>
              </Badge>
            ))}
          </div>
        </div>
      </div>
      <dl className={css.facts}>
        {facts.map(([field, value], at) => (
          // oxlint-disable-next-line react/no-array-index-key -- a field may stand several times
          <div key={`${field}-${at}`}>
            <dt>{fieldOf(field)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
