import { area } from '../area.ts';
import type en from './en.ts';

export const useRecordTexts = area<typeof en>('records');
