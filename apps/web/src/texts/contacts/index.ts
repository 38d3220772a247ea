import { area } from '../area.ts';
import type en from './en.ts';

export const useContactTexts = area<typeof en>('contacts');
