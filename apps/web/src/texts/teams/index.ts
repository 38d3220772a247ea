import { area } from '../area.ts';
import type en from './en.ts';

export const useTeamTexts = area<typeof en>('teams');
