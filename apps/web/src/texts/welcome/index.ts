import { area } from '../area.ts';
import type en from './en.ts';

export const useWelcomeTexts = area<typeof en>('welcome');
