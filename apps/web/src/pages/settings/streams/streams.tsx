import { createLazyRoute, getRouteApi, useNavigate } from '@tanstack/react-router';
import { SERVICES } from '../../../api/fields.ts';
import { Segments } from '../../../parts/segments.tsx';
import { useHolds } from '../../../queries/me.ts';
import type { StreamsSearch } from './feed.ts';
import { useSettingsTexts } from '../../../texts/settings/index.ts';
import { useStreamTexts } from '../../../texts/streams/index.ts';
import { SettingsPage } from '../settings-page.tsx';
import { Catalogue } from './catalogue.tsx';
import { Events } from './events.tsx';

export const route = createLazyRoute('/shell/settings/streams')({ component: Streams });
const from = getRouteApi('/shell/settings/streams');

/** For whoever builds on the services: events as they come, and what types there are. */
function Streams() {
  const [t, settings, holds] = [useStreamTexts(), useSettingsTexts(), useHolds()];
  const search = from.useSearch();
  const navigate = useNavigate();
  const services = SERVICES.filter((service) => holds('events.read', service, 'everywhere'));
  const change = (patch: StreamsSearch) =>
    void navigate({ to: '/settings/streams', search: (before) => ({ ...before, ...patch }) as StreamsSearch, replace: true });
  const shows = search.tab === 'catalogue' ? 'catalogue' : 'events';
  return (
    <SettingsPage
      title={settings('streams')}
      about={settings('streamsAbout')}
      acts={
        <Segments
          label={t('view')}
          value={shows}
          onChange={(tab) => change({ tab: tab === 'catalogue' ? tab : undefined })}
          options={[
            { value: 'events', label: t('asTheyCome') },
            { value: 'catalogue', label: t('catalogue') },
          ]}
        />
      }
    >
      {shows === 'catalogue' ? (
        <Catalogue services={services} search={search} onChange={change} />
      ) : (
        <Events services={services} search={search} onChange={change} />
      )}
    </SettingsPage>
  );
}
