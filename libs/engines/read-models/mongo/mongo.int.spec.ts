import { randomUUID } from 'node:crypto';
import { engineUnderTest } from '../../../../tools/engines/under-test.mjs';
import { readModelsContract } from '../contract.ts';
import { openMongoModels } from './open.ts';

const engine = await engineUnderTest('mongo');
if ('stop' in engine) afterAll(() => engine.stop());
const against = 'skipped' in engine ? 'nothing' : engine.against;
const options = () => ({ url: 'address' in engine ? engine.address : '', database: `t${randomUUID().replaceAll('-', '')}`, refreshMs: 20 });

const open = async () => {
  const how = options();
  let models = openMongoModels(how);
  return {
    models,
    reopen: async () => {
      await models.close();
      return (models = openMongoModels(how));
    },
    close: () => models.close(),
  };
};
readModelsContract(`MongoDB against ${against}`, open, { skipped: 'skipped' in engine });
