import { area } from '../area.ts';
import type en from './en.ts';

export const usePeopleTexts = area<typeof en>('people');
