import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api/api.ts';
import type { Schemas } from '../api/schema.ts';
import { useFormat } from '../format/use-format.ts';
import { useErasureTexts } from '../texts/erasure/index.ts';
import { Badge } from './badge.tsx';
import { Icon } from './icon.tsx';
import { ProblemNotice } from './notice.tsx';
import css from './parts.module.css';
import { saveFile } from './save-file.ts';
import { Skeleton } from './skeleton.tsx';

type Certificate = Schemas['ErasureCertificate'];
const GROWS_EVERY = 5_000;

/** What can be shown of an erasure; it grows as the services report, and is asked for again until it is complete. `resource`: `contacts`, `users`. */
export function ErasureCertificate({ resource, id }: { resource: string; id: string }) {
  const [t, format] = [useErasureTexts(), useFormat()];
  const { data, error, refetch } = useQuery({
    queryKey: ['erasure', resource, id],
    queryFn: ({ signal }) =>
      api.read<Certificate>(`/${resource}/${encodeURIComponent(id)}/erasure`, {}, { signal }).then((answer) => answer.data),
    refetchInterval: ({ state }) => (state.data && !state.data.complete ? GROWS_EVERY : false),
  });
  if (error) return <ProblemNotice error={error} again={() => void refetch()} />;
  if (!data) return <Skeleton widths={[50, 90, 80]} />;
  const save = () => saveFile(new Blob([JSON.stringify(data, undefined, 2)], { type: 'application/json' }), `erasure-${id}.json`);
  return (
    <div className={css.certificate}>
      <div className="row wrap">
        <span className="medium">{t('erasedAt', { when: format.dateTime(data.erasedAt) })}</span>
        <Badge tone={data.complete ? 'good' : 'act'}>{t(data.complete ? 'complete' : 'growing')}</Badge>
      </div>
      {!data.complete && <p className="muted">{t('growingHint')}</p>}
      <p>{t('method')}</p>
      <p className="muted">{t('remains')}</p>
      <p className="muted">{t('backups', { day: format.day(data.keyBackups.expireOn, 'long') })}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('service')}</th>
            <th scope="col">{t('pass')}</th>
            <th scope="col" className="num">
              {t('rows')}
            </th>
            <th scope="col">{t('when')}</th>
          </tr>
        </thead>
        <tbody>
          {data.sweeps.map((sweep) => (
            <tr key={`${sweep.service} ${sweep.pass}`}>
              <td>
                <bdi>{sweep.service}</bdi>
              </td>
              <td>{t(sweep.pass)}</td>
              <td className="num">{format.number(sweep.rows)}</td>
              <td>{format.dateTime(sweep.at)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="xs muted">{t.rich('checksum', { hash: <bdi dir="ltr">{data.sha256}</bdi> })}</p>
      <div>
        <Button leftSection={<Icon name="save" size="s" />} onClick={save}>
          {t('download')}
        </Button>
      </div>
    </div>
  );
}
