/** Requests to a house in its owner's name. */
import { Fault, type FaultCode, faults } from '../../core/faults.ts';
import { type Answer, type Question, request } from './request.ts';
import type { State } from './state.ts';

/**
 * A request with the API token. An answer that is no success becomes a Fault with the house's own
 * code and message.
 */
export type HouseCall = (path: string, question?: Question) => Promise<Answer>;

type Refusal = { error?: string; message?: string };

async function faultOf(path: string, answer: Answer): Promise<Fault> {
  const text = await answer.text();
  let refusal: Refusal = {};
  try {
    refusal = JSON.parse(text) as Refusal;
  } catch {
    refusal = { message: text.slice(0, 500) };
  }
  const known = refusal.error !== undefined && Object.hasOwn(faults, refusal.error);
  const code: FaultCode = known
    ? (refusal.error as FaultCode)
    : answer.status === 404
      ? 'not_found'
      : 'storage_busy';
  return new Fault(code, refusal.message ?? `${path} answered ${answer.status}`);
}

/** Requests to the house at `url`. */
export function callerOf(url: URL, state: State): HouseCall {
  return async (path, question = {}) => {
    const headers = { authorization: `Bearer ${state.house.api_token}`, ...question.headers };
    const answer = await request(new URL(path, url), { ...question, headers });
    if (!answer.ok) throw await faultOf(path, answer);
    return answer;
  };
}
