import { area } from '../area.ts';
import type en from './en.ts';

export const useHomeTexts = area<typeof en>('home');
