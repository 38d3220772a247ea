// KurrentDB: there is no package of it, so only a running one or a container. See the typedefs in under-test.mjs.
const IMAGE = 'kurrentplatform/kurrentdb:26.1.1';
const PORT = 2113;

export const variable = 'KURRENTDB_URL';

/** A run that requires its engines may go without: the adapter meets a gRPC double in test code as well, and is listed with it. */
export const optional = true;

/** @type {import('./under-test.mjs').Launcher['missing']} */
export const missing = async () => 'KurrentDB is to be had as a container only.';

/** @type {import('./under-test.mjs').Launcher['start']} */
export const start = async () => {
  throw new Error(await missing());
};

/** @type {NonNullable<import('./under-test.mjs').Launcher['container']>} */
export async function container() {
  const { GenericContainer, Wait } = await import('testcontainers');
  const started = await new GenericContainer(IMAGE)
    .withEnvironment({ KURRENTDB_INSECURE: 'true', KURRENTDB_MEM_DB: 'true', KURRENTDB_RUN_PROJECTIONS: 'None' })
    .withExposedPorts(PORT)
    .withWaitStrategy(Wait.forHttp('/health/live', PORT).forStatusCodeMatching((code) => code === 200 || code === 204))
    .start();
  return {
    address: `kurrentdb://${started.getHost()}:${started.getMappedPort(PORT)}?tls=false`,
    against: `KurrentDB ${IMAGE.split(':')[1]} in a container`,
    stop: async () => void (await started.stop()),
  };
}
