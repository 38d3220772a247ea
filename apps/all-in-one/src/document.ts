import { ChangesController, openApiOf } from '#service';
import { DemoController, DemoProgress } from './demo.ts';
import { MODULES } from './services.ts';

/** Controllers of the process itself, beside its services', and what they answer. */
export const OWN_CONTROLLERS = [DemoController];
export const OWN_ANSWERS = { 'GET /demo': DemoProgress, 'POST /demo': DemoProgress };

/** What of the interface is nobody's service. */
export const OWN_DOCUMENT = { service: 'rapport', controllers: [ChangesController, ...OWN_CONTROLLERS], answers: OWN_ANSWERS };

/** The OpenAPI document as this process serves it. */
export const servedDocument = () => openApiOf(MODULES, [OWN_DOCUMENT]);
