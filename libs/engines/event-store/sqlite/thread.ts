import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import { errorOf, type Order, type Report, type ThreadData } from './wire.ts';

/** The one thread of a process that writes logs and vault, so that waiting for the disk never stops a loop that answers. */
export interface LogThread {
  /** A way to the thread for one thread: to be used here, or to be transferred to a worker. */
  connect(): MessagePort;
  /** Finishes what it has received, closes the files, ends. What arrives later fails with StoreUnavailable. */
  close(): Promise<void>;
}

/**
 * Starts the thread; resolves when every file is open.
 *
 * @param logs the file of each log
 * @param vaultFile the vault's file, when the thread shall hold it as well; opened with `vaultOptions`
 * @param onFatal called when an fsync failed or the thread died: nothing can be written any more. Default: ends the process.
 * @throws StoreUnavailable when a file cannot be opened
 */
export async function logThread({ onFatal = endProcess, ...data }: ThreadData & { onFatal?: (error: Error) => void }): Promise<LogThread> {
  const fromSource = import.meta.url.endsWith('.ts');
  const worker = new Worker(new URL(fromSource ? './log-thread.ts' : './log-thread.js', import.meta.url), {
    workerData: data,
    execArgv: fromSource ? ['--conditions=source'] : [],
    name: 'log',
  });
  let closing = false;
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  await started(worker);
  worker.on('message', (report: Report) => {
    if ('fatal' in report) onFatal(errorOf(report.fatal));
  });
  worker.on('error', (error) => onFatal(error as Error));
  worker.on('exit', () => {
    if (!closing) onFatal(new Error('the log thread ended by itself'));
  });
  const order = (message: Order, transfer: MessagePort[] = []) => worker.postMessage(message, transfer);

  return {
    connect() {
      const { port1, port2 } = new MessageChannel();
      order({ connect: port1 }, [port1]);
      return port2;
    },
    async close() {
      if (!closing) order({ close: true });
      closing = true;
      await exited;
    },
  };
}

function started(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (report: Report) => {
      worker.off('error', reject);
      if ('failed' in report) reject(errorOf(report.failed));
      else resolve();
    });
  });
}

function endProcess(error: Error) {
  process.stderr.write(`Nothing can be written to the logs any more (${error.message}); this process ends.\n`);
  process.exit(1);
}
