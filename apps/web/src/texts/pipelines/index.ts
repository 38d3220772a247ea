import { area } from '../area.ts';
import type en from './en.ts';

export const usePipelineTexts = area<typeof en>('pipelines');
