/**
 * Where notices go. A place is one function here: the log is the first, and whoever adds Slack or
 * mail adds a line to the list.
 */
import type { Notice } from '../../core/notices.ts';
import type { Env } from './env.ts';

/** Tells a notice somewhere. One that throws is told again at the next run, everywhere. */
export type TellNotice = (notice: Notice, env: Env) => Promise<void>;

const toLog: TellNotice = async ({ text }) => console.warn(`notice: ${text}`);

export const places: readonly TellNotice[] = [toLog];
