/** Requests to a house in its owner's name. */
import { Fault, type FaultCode, faults } from '../../core/faults.ts';
import type { State } from './state.ts';

/**
 * A request with the API token. An answer that is no success becomes a Fault with the house's own
 * code and message.
 */
export type HouseCall = (path: string, init?: RequestInit) => Promise<Response>;

type Refusal = { error?: string; message?: string };

async function faultOf(path: string, response: Response): Promise<Fault> {
  const text = await response.text();
  let refusal: Refusal = {};
  try {
    refusal = JSON.parse(text) as Refusal;
  } catch {
    refusal = { message: text.slice(0, 500) };
  }
  const known = refusal.error !== undefined && Object.hasOwn(faults, refusal.error);
  const code: FaultCode = known
    ? (refusal.error as FaultCode)
    : response.status === 404
      ? 'not_found'
      : 'storage_busy';
  return new Fault(code, refusal.message ?? `${path} answered ${response.status}`);
}

/** Requests to the house at `url`. */
export function callerOf(url: URL, state: State): HouseCall {
  return async (path, init = {}) => {
    const headers = { authorization: `Bearer ${state.house.api_token}`, ...init.headers };
    const response = await fetch(new URL(path, url), { ...init, headers });
    if (!response.ok) throw await faultOf(path, response);
    return response;
  };
}
