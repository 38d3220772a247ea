import { area } from '../area.ts';
import type en from './en.ts';

export const useStreamTexts = area<typeof en>('streams');
