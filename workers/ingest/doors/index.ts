/** The doors of the house. Adding one is a folder beside this file and a line here. */
import type { Door } from './door.ts';
import resend from './resend/index.ts';

export const doors: readonly Door[] = [resend];
