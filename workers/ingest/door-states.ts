/** Which doors are on. */
import { Fault } from '../../core/faults.ts';
import type { Door } from './doors/door.ts';
import { secretsOf } from './doors/secrets.ts';

export type DoorState = {
  name: string;
  provider: string;
  accounts: string[];
  /** Null where the door is on; else why it is off, and how to switch it on. */
  reason: string | null;
  /** What is off though the door is on. */
  lacks: string | null;
};

export function doorStates(doors: readonly Door[], env: object): DoorState[] {
  return doors.map((door) => {
    const { name, provider } = door;
    try {
      const secrets = secretsOf(door, env);
      const accounts = door.accounts?.(secrets) ?? [];
      return { name, provider, accounts, reason: null, lacks: door.lacks?.(secrets) ?? null };
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return { name, provider, accounts: [], reason: error.message, lacks: null };
    }
  });
}
