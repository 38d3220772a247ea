import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { createLazyRoute, Link } from '@tanstack/react-router';
import { api } from '../../../api/api.ts';
import { problemOf } from '../../../api/client.ts';
import { useFormat } from '../../../format/use-format.ts';
import { Badge, type Tone } from '../../../parts/badge.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { ProblemNotice } from '../../../parts/notice.tsx';
import { RecordName, useIsPage } from '../../../parts/record-name.tsx';
import { saveFile } from '../../../parts/save-file.ts';
import { Skeleton } from '../../../parts/skeleton.tsx';
import { useHolds, useMay } from '../../../queries/me.ts';
import { useActs } from '../../../shell/use-acts.ts';
import { useImportedTexts } from '../../../texts/imported/index.ts';
import { useSettingsTexts } from '../../../texts/settings/index.ts';
import { SettingsPage } from '../settings-page.tsx';
import settingsCss from '../settings.module.css';
import css from './imports.module.css';
import { IMPORTED, importsQuery, type Import } from './imports-query.ts';
import { UndoImport } from './undo-import.tsx';

export const route = createLazyRoute('/shell/settings/imports')({ component: Imports });

const TONES: Partial<Record<Import['status'], Tone>> = { done: 'good', failed: 'attn', running: 'act', checking: 'act' };
const COUNTED = ['created', 'updated', 'unchanged', 'skipped', 'rejected', 'noted'] as const;

/** Every file that was brought in, of all kinds, newest first. */
function Imports() {
  const [t, settings, holds, may, isPage] = [useImportedTexts(), useSettingsTexts(), useHolds(), useMay(), useIsPage()];
  const resources = IMPORTED.filter(({ kind }) => holds('import', kind)).map(({ resource }) => resource);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(importsQuery(resources));
  const items = data?.pages.flatMap((page) => page.items);
  const [first] = IMPORTED.filter(({ kind }) => may('import', kind));
  const begin = first && isPage('/import/$kind') && (
    <Button component={Link} to={`/import/${first.resource}`} leftSection={<Icon name="import" />}>
      {t('import')}
    </Button>
  );
  return (
    <SettingsPage title={settings('imports')} about={settings('importsAbout')} acts={begin}>
      {error ? (
        <ProblemNotice error={error} again={() => void refetch()} />
      ) : !items ? (
        <Skeleton widths={[80, 70, 75]} height={18} />
      ) : items.length === 0 ? (
        <Empty level={2} title={t('noneYet')} acts={begin}>
          {t('noneYetHint')}
        </Empty>
      ) : (
        <ul className={settingsCss.panelList}>
          {items.map((one) => (
            <Row key={one.id} item={one} />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <div>
          <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('older')}
          </Button>
        </div>
      )}
    </SettingsPage>
  );
}

function Row({ item }: { item: Import }) {
  const [t, format, isPage, acts] = [useImportedTexts(), useFormat(), useIsPage(), useActs()];
  const { id, resource, counts, status } = item;
  const name = item.label ?? t('unnamed');
  const page: string = `/imports/${id}`;
  const into = t.find(`of_${resource}`) ?? resource;
  const download = async () => {
    const answer = await api.raw(`/${resource}/imports/${encodeURIComponent(id)}/rejected`);
    if (!answer.ok) return acts.refused(await problemOf(answer));
    return saveFile(await answer.blob(), 'rejected.csv');
  };
  return (
    <li className={css.import}>
      <div>
        <div className="row wrap">
          <h2>{isPage('/imports/$id') ? <Link to={page}>{<bdi>{name}</bdi>}</Link> : <bdi>{name}</bdi>}</h2>
          <span className="muted">{into}</span>
          <Badge tone={TONES[status]}>{t(`status_${status}`)}</Badge>
        </div>
        <div className="xs muted">
          <time dateTime={item.createdAt} title={format.moment(item.createdAt)}>
            {format.dateTime(item.createdAt)}
          </time>
          {' · '}
          <RecordName kind="workspace.user" id={item.ownerId} plain />
        </div>
        {item.problem && <div className="xs attn">{item.problem}</div>}
      </div>
      <div className={css.counts}>
        {COUNTED.filter((what) => counts[what] > 0).map((what) => (
          <span key={what} className={what === 'rejected' ? 'attn' : what === 'created' || what === 'updated' ? undefined : 'muted'}>
            {t(what, { n: counts[what] })}
          </span>
        ))}
      </div>
      <div className={css.acts}>
        {counts.rejected > 0 && status !== 'expired' && (
          <Button variant="subtle" aria-label={t('downloadOf', { file: name })} onClick={() => void download()}>
            {t('download')}
          </Button>
        )}
        <UndoImport item={item} name={name} />
      </div>
    </li>
  );
}
