import { area } from '../area.ts';
import type en from './en.ts';

export const useRoleTexts = area<typeof en>('roles');
