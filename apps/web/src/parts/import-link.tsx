import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Resource } from '../api/kinds.ts';
import { Icon } from './icon.tsx';
import { useIsPage } from './record-name.tsx';

/** To the import wizard, where there is one. */
export function ImportLink({ resource, text, subtle = false }: { resource: Resource; text: string; subtle?: boolean }) {
  const isPage = useIsPage();
  if (!isPage('/import/$kind')) return null;
  return (
    <Button component={Link} to={`/import/${resource}`} variant={subtle ? 'subtle' : 'default'} leftSection={<Icon name="import" />}>
      {text}
    </Button>
  );
}
