import { area } from '../area.ts';
import type en from './en.ts';

export const useShellTexts = area<typeof en>('shell');
