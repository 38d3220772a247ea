import { area } from '../area.ts';
import type en from './en.ts';

export const useCustomerTexts = area<typeof en>('customer');
