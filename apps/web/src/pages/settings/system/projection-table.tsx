import { ActionIcon, Menu } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../../api/api.ts';
import { useFormat } from '../../../format/use-format.ts';
import { Badge, type Tone } from '../../../parts/badge.tsx';
import { Card } from '../../../parts/card.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { Segments } from '../../../parts/segments.tsx';
import { useMay } from '../../../queries/me.ts';
import { useActs } from '../../../shell/use-acts.ts';
import { useSystemTexts } from '../../../texts/system/index.ts';
import { toast } from '../../../undo/toasts.ts';
import settingsCss from '../settings.module.css';
import { byTrouble, type Projection, type State } from './projections.ts';
import css from './system.module.css';

const TONES: Record<State, Tone> = { live: 'good', behind: 'attn', 'catching-up': 'act', rebuilding: 'act' };

/** What a projection is called in words; those that are new here by their own name. */
export function useProjectionName(): (view: string) => string {
  const t = useSystemTexts();
  return (view) => t.find(`view_${view}`) ?? view;
}

/** Every projection: how far it is, and building it anew. */
export function ProjectionTable({ projections, onChange }: { projections: readonly Projection[]; onChange: () => void }) {
  const t = useSystemTexts();
  const [order, setOrder] = useState<'trouble' | 'service'>('trouble');
  const shown = order === 'trouble' ? byTrouble(projections) : projections;
  return (
    <Card
      title={t('projections')}
      count={t('projectionsOf', { n: projections.length })}
      flush
      end={
        <Segments
          label={t('order')}
          value={order}
          onChange={setOrder}
          options={[
            { value: 'trouble', label: t('byTrouble') },
            { value: 'service', label: t('byService') },
          ]}
        />
      }
    >
      <div className={settingsCss.scroll}>
        <table className={`${settingsCss.table} ${css.projections}`}>
          <thead>
            <tr>
              <th scope="col">{t('projection')}</th>
              <th scope="col">{t('service')}</th>
              <th scope="col" className="num">
                {t('version')}
              </th>
              <th scope="col" className="num">
                {t('eventsBehind')}
              </th>
              <th scope="col">{t('state')}</th>
              <th scope="col">
                <span className="sr">{t('acts')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <Row key={one.view} one={one} onChange={onChange} />
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function Row({ one, onChange }: { one: Projection; onChange: () => void }) {
  const [t, format, nameOf] = [useSystemTexts(), useFormat(), useProjectionName()];
  const { view, service, version, state, lag, parked, most } = one;
  const name = nameOf(view);
  return (
    <tr>
      <th scope="row">
        <div>{name}</div>
        {name !== view && (
          <div className={css.technical}>
            <bdi>{view}</bdi>
          </div>
        )}
      </th>
      <td className="muted">
        <bdi>{service}</bdi>
      </td>
      <td className="num muted">{version}</td>
      <td className={`num ${state === 'behind' ? 'attn medium' : ''}`}>{format.number(lag)}</td>
      <td>
        <span className="row wrap">
          {parked > 0 && <Badge tone="attn">{t('streamsParked', { n: parked })}</Badge>}
          {(parked === 0 || state !== 'live') && <Badge tone={TONES[state]}>{t(`state_${state}`)}</Badge>}
          {most !== undefined && (
            <span className="row">
              <progress className={css.progress} max={Math.max(most, 1)} value={most - lag} aria-label={name} />
              <span className="xs muted">{t('toGo', { n: lag })}</span>
            </span>
          )}
        </span>
      </td>
      <td className={css.rowActs}>
        <RowMenu one={one} name={name} onChange={onChange} />
      </td>
    </tr>
  );
}

function RowMenu({ one, name, onChange }: { one: Projection; name: string; onChange: () => void }) {
  const [t, may, acts] = [useSystemTexts(), useMay(), useActs()];
  const { service, view, state, parked } = one;
  const rebuild = async () => {
    try {
      await api.send('post', `/services/${service}/projections/${encodeURIComponent(view)}/rebuild`, {});
      toast({ text: t('rebuildSaid', { view: name }) });
    } catch (error) {
      acts.refused(error);
    }
    onChange();
  };
  // One at a time: what is at work is not begun again.
  const canRebuild = may('manage', service) && state !== 'rebuilding' && state !== 'catching-up';
  if (!canRebuild && parked === 0) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" aria-label={t('menuOf', { view: name })}>
          <Icon name="more" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {parked > 0 && (
          <Menu.Item component="a" href="#parked" leftSection={<Icon name="down" size="s" />}>
            {t('toParked')}
          </Menu.Item>
        )}
        {canRebuild && (
          <Menu.Item leftSection={<Icon name="refresh" size="s" />} onClick={() => void rebuild()}>
            {t('rebuild')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
