import { Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Skeleton } from '../../../parts/skeleton.tsx';
import { someQuery } from '../../../queries/lists.ts';
import css from './people.module.css';

const MOST = 200;

/** The roles there are, each to be given or taken. */
export function RoleChecks({
  value,
  onToggle,
  readOnly = false,
}: {
  value: readonly string[];
  onToggle: (id: string, on: boolean, name: string) => void;
  readOnly?: boolean;
}) {
  const { data } = useQuery(someQuery('workspace.role', { sort: 'name' }, MOST));
  if (!data) return <Skeleton widths={[40, 30, 35]} height={16} />;
  return (
    <div className={css.checks}>
      {data.map(({ id, name }) => (
        <Checkbox
          key={id}
          label={<bdi>{name}</bdi>}
          checked={value.includes(id)}
          disabled={readOnly}
          onChange={(event) => onToggle(id, event.currentTarget.checked, name)}
        />
      ))}
    </div>
  );
}
