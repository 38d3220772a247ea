import { area } from '../area.ts';
import type en from './en.ts';

export const useSetUpTexts = area<typeof en>('setup');
