import { area } from '../area.ts';
import type en from './en.ts';

export const useHistoryTexts = area<typeof en>('history');
