import { area } from '../area.ts';
import type en from './en.ts';

export const useImportTexts = area<typeof en>('import');
