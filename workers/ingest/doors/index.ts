/** The doors of the house. Adding one is a folder beside this file and a line here. */
import aircall from './aircall/index.ts';
import cal from './cal/index.ts';
import discord from './discord/index.ts';
import type { Door } from './door.ts';
import resend from './resend/index.ts';
import sendgridInbound from './sendgrid/inbound.ts';
import sendgrid from './sendgrid/index.ts';
import stripe from './stripe/index.ts';

export const doors: readonly Door[] = [
  discord,
  resend,
  sendgrid,
  sendgridInbound,
  stripe,
  cal,
  aircall,
];
