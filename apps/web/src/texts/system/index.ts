import { area } from '../area.ts';
import type en from './en.ts';

export const useSystemTexts = area<typeof en>('system');
