import { area } from '../area.ts';
import type en from './en.ts';

export const useJoinTexts = area<typeof en>('join');
