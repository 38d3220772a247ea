import { area } from '../area.ts';
import type en from './en.ts';

export const useSettingsTexts = area<typeof en>('settings');
