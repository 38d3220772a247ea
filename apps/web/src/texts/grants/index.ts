import { area } from '../area.ts';
import type en from './en.ts';

export const useGrantTexts = area<typeof en>('grants');
