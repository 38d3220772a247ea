import { area } from '../area.ts';
import type en from './en.ts';

export const useDealTexts = area<typeof en>('deals');
