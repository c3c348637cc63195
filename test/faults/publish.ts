/**
 * One publish as one process makes it, over its own line to Google's double; pauses take no time.
 */
import { Fault, faults } from '../../core/faults.ts';
import type { Written } from '../../platform/destination.ts';
import type { RequestOptions } from '../../platform/google/requests.ts';
import type { GoogleSandbox } from '../contract/google-sandbox.ts';
import type { Line } from './edge.ts';
import type { Night } from './nights.ts';

export type Outcome = { done: Written[] } | { fault: Fault } | 'dead';

/** Clock and pauses of a process: asleep it moves its own clock; dead it never wakes up. */
export function processOf(line: Line): RequestOptions {
  let clock = Date.now();
  return {
    now: () => clock,
    random: () => 0.5,
    sleep(ms) {
      clock += ms;
      return line.dead ? new Promise(() => {}) : Promise.resolve();
    },
  };
}

/**
 * Waits until the work of a process is done, refused or dead. An error that is no fault of the
 * house is thrown.
 */
export async function outcomeOf<T>(
  line: Line,
  work: Promise<T>,
): Promise<{ done: T } | { fault: Fault } | 'dead'> {
  const ended = work.then(
    (done) => ({ done }),
    (error: unknown) => {
      if (error instanceof Fault) return { fault: error };
      // What a dead process throws is heard by nobody.
      if (line.dead) return 'dead' as const;
      throw error;
    },
  );
  const outcome = await Promise.race([ended, line.death]);
  return line.dead ? 'dead' : outcome;
}

/** What a publish wrote. Throws what stopped it. */
export function done(outcome: Outcome): Written[] {
  if (outcome === 'dead') throw new Error('the publish died');
  if ('fault' in outcome) throw outcome.fault;
  return outcome.done;
}

/** What is wrong with the answer of a publish that says it is done. */
export function wrongIn(written: Written[], night: Night): string[] {
  return night.tables.flatMap(({ contract: { name }, checksum, row_count, load_id }) => {
    const found = written.find(({ mart }) => mart === name);
    const right =
      found?.checksum === checksum && found.rows === row_count && found.load_id === load_id;
    return right ? [] : [`${name} was answered with ${JSON.stringify(found)}`];
  });
}

/**
 * Says what to do, or that nothing needs to be done: a person reads it in the ledger at breakfast.
 */
const VERBS = 'share|set|give|make|check|grant|enable|remove|delete|rename|ask|wait|use';
const PHRASES = 'tr(y|ied) again|export (it )?again|there is nothing to do';
const INSTRUCTION = new RegExp(`\\b(signalhouse \\w+|${VERBS}|${PHRASES})\\b`, 'i');

/** What is wrong with a fault as a message to the person who runs the house. */
export function unclearIn(fault: Fault): string[] {
  const wrong: string[] = [];
  if (!(fault.code in faults)) wrong.push(`${fault.code} is no code of the house`);
  if (!INSTRUCTION.test(fault.message))
    wrong.push(`does not say what to do: ${fault.code}: ${fault.message}`);
  return wrong;
}

/** Reads the journal on from where it was read last. */
export class JournalReader {
  readonly #google: GoogleSandbox;
  #end = 0;

  constructor(google: GoogleSandbox) {
    this.#google = google;
  }

  /** Requests since the last reading that change something; signing in does not. */
  async writes() {
    const entries = await this.#google.journal(this.#end);
    this.#end = entries.at(-1)?.n ?? this.#end;
    return entries.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/token'));
  }
}
