import { area } from '../area.ts';
import type en from './en.ts';

export const useKeyTexts = area<typeof en>('keys');
