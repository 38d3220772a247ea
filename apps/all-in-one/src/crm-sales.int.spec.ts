import { hostProcess } from './testing/host-process.ts';
import { crmSales, type Product } from './testing/crm-sales.ts';
import { commandLine } from './testing/host-process.ts';

describe('in one process', () => crmSales(oneProcess));

async function oneProcess(): Promise<Product> {
  const host = await hostProcess();
  let server = await host.start({ first: true });
  return {
    url: server.url,
    link: server.link,
    folder: host.folder,
    async pullThePlug() {
      server.child.kill('SIGKILL');
      await server.ended;
      server = await host.start();
    },
    async endWhole() {
      server.child.kill('SIGTERM');
      const ended = await server.ended;
      const { exit, out } = await commandLine(host, server.url, 'verify');
      return [...(ended === 0 ? [] : [`the process ended with ${ended}`]), ...(exit === 0 ? [] : [out])];
    },
    close: async () => host.close(),
  };
}
