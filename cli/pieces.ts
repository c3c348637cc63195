/** A file of any size, in pieces. */
import { closeSync, openSync, readSync } from 'node:fs';

/** Small enough for V8's youngest generation: larger ones would pile up beside it. */
const PIECE_BYTES = 1 << 14;

/** Its bytes, read anew each time they are iterated; a piece holds only until the next. */
export const piecesOf = (path: string): Iterable<Uint8Array> => ({
  *[Symbol.iterator]() {
    const file = openSync(path, 'r');
    try {
      const piece = new Uint8Array(PIECE_BYTES);
      for (let read = readSync(file, piece); read > 0; read = readSync(file, piece))
        yield piece.subarray(0, read);
    } finally {
      closeSync(file);
    }
  },
});
