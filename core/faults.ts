/**
 * Everything that can go wrong, as a closed set of codes with one retry bit; each has an anchor in
 * `docs/runbook.md`.
 */
export const faults = {
  bad_signature: { retry: false },
  bad_token: { retry: false },
  bad_input: { retry: false },
  unknown_column: { retry: false },
  key_reused: { retry: false },
  unknown_event: { retry: false },
  discarded: { retry: false },
  not_found: { retry: false },
  rate_limited: { retry: false },
  too_large: { retry: false },
  file_exists: { retry: false },
  sample_house: { retry: false },
  other_house: { retry: false },
  config: { retry: false },
  check_failed: { retry: false },
  source_refused: { retry: false },
  source_busy: { retry: true },
  destination_refused: { retry: false },
  overtaken: { retry: false },
  destination_busy: { retry: true },
  storage_busy: { retry: true },
  internal: { retry: false },
} as const;

export type FaultCode = keyof typeof faults;

/**
 * An error with a code of the closed set; `message` names the field and the fix. `details` are for
 * programs, except for `cause`, the error behind it, which only the log may see.
 */
export class Fault extends Error {
  readonly code: FaultCode;
  readonly details: Record<string, unknown>;
  constructor(code: FaultCode, message: string, details: Record<string, unknown> = {}) {
    const { cause, ...shown } = details;
    super(message, { cause });
    this.name = 'Fault';
    this.code = code;
    this.details = shown;
  }
  get retry(): boolean {
    return faults[this.code].retry;
  }
}
