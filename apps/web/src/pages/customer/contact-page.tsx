import { createLazyRoute } from '@tanstack/react-router';
import { Customer } from './customer.tsx';
import { CONTACT } from './kinds.ts';

export const route = createLazyRoute('/shell/contacts/$id')({ component: () => <Customer of={CONTACT} /> });
