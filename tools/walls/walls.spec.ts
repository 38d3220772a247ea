import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryFiles, root } from '../files.ts';
import { readSource } from './read-source.ts';
import { violations } from './rules.ts';

it('stands: no file of the repository breaks a wall', () => {
  const files = repositoryFiles().filter((file) => /^(apps|libs|tools|bench)\/.*\.tsx?$/.test(file) && !file.endsWith('.d.ts'));
  expect(files.length).toBeGreaterThan(20);
  expect(files.flatMap((file) => violations(readSource(file, readFileSync(join(root, file), 'utf8'))))).toEqual([]);
});

const breaks = (file: string, text: string) => violations(readSource(file, text));

describe('a wall refuses', () => {
  it.each([
    [
      'a feature that needs an engine',
      'apps/sales/src/opportunity/opportunity.ts',
      `import type { EventStore } from '#engines/event-store';`,
    ],
    [
      'a feature that needs the runtime, even lazily',
      'apps/sales/src/opportunity/opportunity.ts',
      `const { Commands } = await import('#runtime');`,
    ],
    ['a service that imports another', 'apps/sales/src/sales.module.ts', `import { ContactsModule } from '#apps/contacts';`],
    ['a service that reaches into another by path', 'apps/sales/src/sales.module.ts', `export * from '../../contacts/src/index.ts';`],
    ['a path from library to library', 'libs/runtime/src/commands.ts', `import { hashOf } from '../../model/src/stored.ts';`],
    ['a model that imports what is ours', 'libs/model/src/fold.ts', `import { Problem } from '#runtime';`],
    ['a model that needs a package', 'libs/model/src/fold.ts', `import { pino } from 'pino';`],
    ['events that import more than the model', 'libs/events/src/sales/opportunity.ts', `import { customColumns } from '#records';`],
    ['an engine outside its adapter', 'libs/runtime/src/commands.ts', `import { DatabaseSync } from 'node:sqlite';`],
    ['DuckDB in a service', 'apps/analytics/src/spans.ts', `import { DuckDBInstance } from '@duckdb/node-api';`],
    ['an adapter addressed past the index', 'apps/all-in-one/src/main.ts', `import { open } from '#engines/event-store/sqlite';`],
    ['Nest in the runtime', 'libs/runtime/src/commands.ts', `import { Injectable } from '@nestjs/common';`],
    [
      'Nest in a decider',
      'apps/sales/src/opportunity/opportunity.ts',
      `import { decider } from '#model'; import { Injectable } from '@nestjs/common';`,
    ],
    ['the clock in a row', 'apps/sales/src/board/board.ts', `import { projection } from '#model'; export const at = () => new Date();`],
    [
      'randomness in a decider',
      'apps/sales/src/opportunity/opportunity.ts',
      `import { decider } from '#model'; export const id = () => randomUUID();`,
    ],
    ['a test kit outside tests', 'apps/sales/src/sales.module.ts', `import { spec } from '#testing';`],
    [
      'a type imported by import()',
      'apps/sales/src/opportunity/opportunity.ts',
      `export type Store = import('#engines/event-store').EventStore;`,
    ],
    ['a page that knows a service', 'apps/web/src/pages/home/home.tsx', `import { contact } from '#apps/contacts';`],
    ['a page that knows the model', 'apps/web/src/format/format.ts', `import type { Money } from '#model';`],
    ['a page that needs what a browser has not', 'apps/web/src/api/client.ts', `import { readFileSync } from 'node:fs';`],
    ['pages that are imported by others', 'apps/all-in-one/src/web.ts', `import { router } from '../../web/src/routes.tsx';`],
    ['any as a type', 'libs/records/src/columns.ts', `export const read = (row: any) => row;`],
    ['a cast to any', 'libs/records/src/columns.ts', `export const read = (row: unknown) => row as any;`],
  ])('%s', (_, file, text) => expect(breaks(file, text)).toHaveLength(1));
});

describe('a wall lets through', () => {
  it.each([
    [
      'what a feature is made of',
      'apps/sales/src/opportunity/opportunity.ts',
      `import { decider } from '#model'; import { X } from '#events/sales/opportunity'; import { Commands } from '#service'; import { columns } from '#records';`,
    ],
    [
      'a slice that uses its neighbour',
      'apps/sales/src/pipeline-board/board.ts',
      `import { opportunity } from '../opportunity/opportunity.ts';`,
    ],
    [
      'an adapter with its engine',
      'libs/engines/event-store/sqlite/store.ts',
      `import { DatabaseSync } from 'node:sqlite'; import type { StoredEvent } from '#model';`,
    ],
    [
      'all-in-one, which knows every service',
      'apps/all-in-one/src/main.ts',
      `import { SalesModule } from '#apps/sales'; import { openLogs } from '#engines/event-store';`,
    ],
    [
      'a test through HTTP, which may look behind it',
      'apps/sales/src/opportunity/opportunity.e2e.spec.ts',
      `import { testApp } from '#testing/service'; import { openLogs } from '#engines/event-store';`,
    ],
    [
      'a test that starts an engine',
      'libs/engines/event-store/postgres/postgres.int.spec.ts',
      `import { start } from '../../../../tools/engines/postgres.mjs';`,
    ],
    [
      'a test that starts an engine',
      'libs/engines/event-store/postgres/postgres.int.spec.ts',
      `import { start } from '../../../../tools/engines/postgres.mjs';`,
    ],
    [
      'any as "of whatever kind"',
      'libs/runtime/src/commands.ts',
      `import type { Decider } from '#model'; export type Any = Decider<any, any>;`,
    ],
    [
      'a page with its neighbour and its styles',
      'apps/web/src/parts/card.tsx',
      `import css from './x.module.css'; import { Icon } from './icon.tsx';`,
    ],
    [
      'a test of the pages, which starts the whole process',
      'apps/web/src/testing/pages.ts',
      `import { hostProcess } from '#testing/all-in-one'; import { join } from 'node:path';`,
    ],
    [
      'a date made from a value',
      'apps/sales/src/board/board.ts',
      `import { projection } from '#model'; export const day = (text: string) => new Date(text);`,
    ],
  ])('%s', (_, file, text) => expect(breaks(file, text)).toEqual([]));
});
