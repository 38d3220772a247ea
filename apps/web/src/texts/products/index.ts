import { area } from '../area.ts';
import type en from './en.ts';

export const useProductTexts = area<typeof en>('products');
