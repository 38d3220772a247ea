import { area } from '../area.ts';
import type en from './en.ts';

export const useAuditTexts = area<typeof en>('audit');
