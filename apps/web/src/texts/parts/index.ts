import { area } from '../area.ts';
import type en from './en.ts';

export const usePartTexts = area<typeof en>('parts');
