import { readdirSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const MADE = new Set(['node_modules', 'dist', 'data', '.git', '.nx', 'coverage', 'screenshots']);

/** Every file of the repository that is not made by a tool, as paths from the root with `/`. */
export function repositoryFiles(folder = root): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (MADE.has(entry.name)) return [];
    if (entry.isDirectory()) return repositoryFiles(path);
    return entry.isFile() ? [relative(root, path).split(sep).join('/')] : [];
  });
}
