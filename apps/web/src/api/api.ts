import { seeingAs } from '../session/seeing-as.ts';
import { distrust, signInAgain, token } from '../session/session.ts';
import { openClient } from './client.ts';

/** The client of these pages. */
export const api = openClient({ token, distrust, signInAgain, as: seeingAs });
