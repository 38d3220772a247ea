import { area } from '../area.ts';
import type en from './en.ts';

export const useImportedTexts = area<typeof en>('imported');
