import { area } from '../area.ts';
import type en from './en.ts';

export const useErasureTexts = area<typeof en>('erasure');
