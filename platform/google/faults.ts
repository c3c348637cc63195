/** What Google answered, as a fault of the house. */
import { Fault, type FaultCode } from '../../core/faults.ts';

type GoogleError = {
  message?: string;
  status?: number | string;
  code?: number | string;
  response?: { status?: number };
};

/** The HTTP status that Google answered with, or 0 where no answer came; its clients keep it in different places. */
export const statusOf = (error: unknown): number => {
  const { status, response, code } = error as GoogleError;
  return [response?.status, status, code].map(Number).find((value) => value >= 100) ?? 0;
};

/** What Google refused or failed to answer as a fault: rate limits, 5xx and silence may be tried again. */
export function googleFault(error: unknown, what: string): Fault {
  if (error instanceof Fault) return error;
  const status = statusOf(error);
  const code: FaultCode = status === 0 || status === 429 || status >= 500 ? 'destination_busy' : 'destination_refused';
  return new Fault(code, `${what}: ${(error as GoogleError).message ?? 'no answer'}`, { status });
}
