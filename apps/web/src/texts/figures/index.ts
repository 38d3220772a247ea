import { area } from '../area.ts';
import type en from './en.ts';

export const useFiguresTexts = area<typeof en>('figures');
