import { useRouter } from '@tanstack/react-router';
import { useMay, useMe } from '../queries/me.ts';
import { AREAS, type Area } from './areas.ts';

/** The areas that are there, for this role. */
export function useAreas(): readonly Area[] {
  const { routesById } = useRouter();
  const [may, { abilities }] = [useMay(), useMe()];
  const imports = abilities.some((one) => one.may.includes('import'));
  // A page with a parameter (`/figures/$board`) stands for all of its kind.
  const patterns = Object.values(routesById as Record<string, { fullPath: string }>).map(
    ({ fullPath }) => new RegExp(`^${fullPath.replace(/\/$/, '').replaceAll(/\$\w*/g, '[^/]+')}/?$`),
  );
  return AREAS.filter(
    ({ to, reads, imports: needsImport }) =>
      patterns.some((pattern) => pattern.test(to)) && (!reads || may('read', reads)) && (!needsImport || imports),
  );
}
