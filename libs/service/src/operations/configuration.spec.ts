import { configuration, flag, oneOf, optional, port, secret, text } from './configuration.ts';

const spec = {
  PORT: port(3000),
  RAPPORT_DATA: text('a folder', './data'),
  RAPPORT_STORE: oneOf(['sqlite', 'postgres'], 'sqlite'),
  RAPPORT_KEY: optional(secret(flag())),
};
const fault = (env: Record<string, string>) => {
  try {
    configuration(env, spec);
  } catch (error) {
    return (error as Error).message;
  }
  return undefined;
};

it('takes what is set and else what is usual', () => {
  expect(configuration({ PORT: '8080', HOME: '/x', RAPPORT_STORE: 'postgres' }, spec)).toEqual({
    PORT: 8080,
    RAPPORT_DATA: './data',
    RAPPORT_STORE: 'postgres',
    RAPPORT_KEY: undefined,
  });
});
it('names an unknown setting, and the one that is meant', () => {
  expect(fault({ RAPPORT_DATTA: 'x' })).toBe('RAPPORT_DATTA is no setting; RAPPORT_DATA is meant, perhaps.');
  expect(fault({ RAPPORT_NOTHING_LIKE_IT: 'x' })).toContain('there are PORT, RAPPORT_DATA');
});
it('says what would be right, for all faults at once', () => {
  expect(fault({ PORT: '70000', RAPPORT_STORE: 'mysql' })).toBe(
    'PORT is "70000", which is not a port from 0 to 65535.\nRAPPORT_STORE is "mysql", which is not one of sqlite, postgres.',
  );
});
it('does not repeat a secret', () =>
  expect(fault({ RAPPORT_KEY: 'hunter2' })).toBe('RAPPORT_KEY is malformed, which is not true or false.'));
it('demands what has no usual value', () =>
  expect(() => configuration({}, { RAPPORT_X: text('a name') })).toThrow('RAPPORT_X must be set: a name.'));
