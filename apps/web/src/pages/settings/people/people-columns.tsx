import { useMemo } from 'react';
import type { User } from '../../../api/kinds.ts';
import { useFormat } from '../../../format/use-format.ts';
import { Avatar } from '../../../parts/avatar.tsx';
import { Badge } from '../../../parts/badge.tsx';
import { useFieldTexts, useValueTexts } from '../../../parts/filter/use-sentence.tsx';
import { RecordName } from '../../../parts/record-name.tsx';
import type { Column, Layout } from '../../../parts/table/columns.ts';
import { usePartTexts } from '../../../texts/parts/index.ts';
import { usePeopleTexts } from '../../../texts/people/index.ts';

export const USUAL_LAYOUT: Layout = ['email', 'teamId', 'managerId', 'roleIds', 'signIn', 'changedAt'].map((field) => ({ field }));

/** Whether somebody can sign in: a word on a tint. */
export function SignInBadge({ user }: { user: Pick<User, 'signIn' | 'active'> }) {
  const [t, valueOf] = [usePeopleTexts(), useValueTexts()];
  if (!user.active) return <Badge tone="line">{t('deactivated')}</Badge>;
  return <Badge tone={user.signIn === 'ready' ? 'good' : user.signIn === 'invited' ? 'act' : undefined}>{valueOf(user.signIn)}</Badge>;
}

/** What lists of people can show. */
export function usePeopleColumns(): readonly Column<User>[] {
  const [t, parts, format, fieldOf] = [usePeopleTexts(), usePartTexts(), useFormat(), useFieldTexts()];
  return useMemo(() => {
    const none = <span className="faint">{parts('none')}</span>;
    const text = (field: 'email' | 'externalId' | 'language' | 'zone', width: number): Column<User> => ({
      field,
      header: fieldOf(field),
      width,
      sortable: field === 'email' || field === 'externalId',
      cell: (row) => (row[field] ? <bdi className="muted ellipsis">{row[field]}</bdi> : none),
    });
    return [
      {
        field: 'name',
        header: fieldOf('name'),
        width: 200,
        fixed: true,
        sortable: true,
        cell: (row) => (
          <span className="row">
            <Avatar id={row.id} name={row.name} />
            <RecordName kind="workspace.user" id={row.id} name={row.name} className="medium ellipsis plain-link" />
          </span>
        ),
      },
      text('email', 200),
      {
        field: 'teamId',
        header: fieldOf('teamId'),
        width: 120,
        sortable: true,
        cell: (row) => <RecordName kind="workspace.team" id={row.teamId} className="ellipsis plain-link" />,
      },
      {
        field: 'managerId',
        header: fieldOf('managerId'),
        width: 150,
        sortable: true,
        cell: (row) => <RecordName kind="workspace.user" id={row.managerId} className="muted ellipsis" plain />,
      },
      {
        field: 'roleIds',
        header: fieldOf('roleIds'),
        width: 150,
        cell: (row) =>
          row.roleIds.length === 0 ? (
            <span className="faint">{t('noRole')}</span>
          ) : (
            <span className="row">
              {row.roleIds.map((id) => (
                <Badge key={id} tone="line">
                  <RecordName kind="workspace.role" id={id} plain />
                </Badge>
              ))}
            </span>
          ),
      },
      { field: 'signIn', header: fieldOf('signIn'), width: 110, sortable: true, cell: (row) => <SignInBadge user={row} /> },
      text('externalId', 140),
      text('language', 100),
      text('zone', 160),
      ...(['createdAt', 'changedAt'] as const).map((field): Column<User> => ({
        field,
        header: fieldOf(field),
        width: 120,
        sortable: true,
        cell: (row) => (
          <time className="muted" dateTime={row[field]} title={format.moment(row[field])}>
            {format.date(row[field])}
          </time>
        ),
      })),
    ];
  }, [t, parts, format, fieldOf]);
}
