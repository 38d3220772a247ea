import { createLazyRoute } from '@tanstack/react-router';
import { Customer } from './customer.tsx';
import { ACCOUNT } from './kinds.ts';

export const route = createLazyRoute('/shell/accounts/$id')({ component: () => <Customer of={ACCOUNT} /> });
