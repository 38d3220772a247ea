import { openFiles } from '#engines/files';
import type { DataFolder } from '#engines/data-folder';
import type { LogThread } from '#engines/event-store';
import { sealedFiles } from '#privacy';
import { Batches, inContext, type Applied, type Runtime } from '#runtime';
import { asSystem, importablesOf, tell, type AccessView, type Imports, type NamedParts } from '#service';
import { startThread, type Thread } from './threads.ts';

const HOUR = 3600_000;

/**
 * Files coming in: taken in and shown here, worked on in a thread of their own, which starts with the first of them. A batch that is not over is
 * taken up again every few seconds; the thread knows which it is already working on.
 */
export function openImports(folder: string, data: DataFolder, log: LogThread, people: AccessView) {
  let thread: Promise<Thread> | undefined;
  let closing = false;
  let expired = 0;
  const services = new Map<string, Imports>();
  const runtimes = new Map<string, Runtime>();

  /** How far the views have come is told to the thread from now on; what they have passed by already is told at once. */
  async function start(): Promise<Thread> {
    const started = await startThread('batch', folder, log, () => undefined);
    for (const [service, { freshness, parts }] of runtimes)
      for (const name of parts.logs)
        started.tell({ applied: { log: name, partition: 0, position: freshness.position(name), changes: [] } satisfies Applied, service });
    return started;
  }

  function begin(service: string, tenant: string, id: string): void {
    if (closing) return;
    thread ??= start();
    void thread
      .then(({ call }) => call('work', service, tenant, id))
      .catch((error: Error) => {
        if (!closing) tell('error', 'a batch could not go on and is tried again', { error: error.name, message: error.message });
      });
  }

  return {
    /** One service's imports; undefined when nothing of it comes in files. */
    of(parts: NamedParts, runtime: Runtime): Imports | undefined {
      if (!parts.columns) return undefined;
      const batches = new Batches({
        runtime,
        files: sealedFiles(openFiles(data.imports), runtime.engines.vault),
        resources: importablesOf(parts),
        access: (tenant, user) => people.permissions(tenant, user),
        heads: () => Promise.resolve([]),
      });
      const imports = { batches, begin: (tenant: string, id: string) => begin(parts.service, tenant, id) };
      services.set(parts.service, imports);
      runtimes.set(parts.service, runtime);
      return imports;
    },
    /** Views have moved: rows are matched by them. */
    applied(applied: Applied, service: string): void {
      // Which documents moved is asked of workspace alone, where access is kept in memory.
      const told = service === 'workspace' ? applied : { ...applied, changes: [] };
      void thread?.then(({ tell }) => tell({ applied: told, service }));
    },
    /** Takes up what is not over, and once an hour destroys what is due. */
    async chores(tenant: string): Promise<void> {
      const due = Date.now() - expired > HOUR;
      if (due) expired = Date.now();
      for (const { batches, begin: again } of services.values()) {
        for (const id of await inContext(asSystem(tenant), () => batches.unfinished())) again(tenant, id);
        if (due) await inContext(asSystem(tenant), () => batches.expire());
      }
    },
    async close(): Promise<void> {
      closing = true;
      await (await thread)?.close();
    },
  };
}
