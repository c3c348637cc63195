import { createHash, createHmac } from 'node:crypto';

/** SHA-256 in hex. */
export const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The keyed hash that stands for a person outside the house (F7, G6): 32 hex digits. */
export const contactKey = (secret: string, identity: string): string =>
  createHmac('sha256', secret).update(identity).digest('hex').slice(0, 32);
