import { Fault } from '../../../core/faults.ts';

/**
 * The body of a signed request, byte for byte: a byte order mark is a part of it. Throws
 * `bad_signature` where it is not UTF-8, since no provider signs that.
 */
export async function signedText(request: Request): Promise<string> {
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return decoder.decode(await request.arrayBuffer());
  } catch {
    throw new Fault('bad_signature', 'the body is not UTF-8');
  }
}
