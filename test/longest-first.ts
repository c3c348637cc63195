/**
 * Starts the longest test files first, so that no worker is left alone with one at the end. Vitest
 * does so once it has run; before, it goes by the size of a file, which says little.
 */
import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Rooms whose tests open houses or stand-ins, the longest first. */
const LONG = ['season', 'faults', 'workers', 'cli', 'contract', 'properties', 'views', 'engines'];

const placeOf = ({ moduleId }: TestSpecification): number => {
  const [room] = relative(import.meta.dirname, moduleId).split('/');
  const place = LONG.indexOf(room!);
  return place < 0 ? LONG.length : place;
};

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isKnown = files.every((file) => this.ctx.cache.getTestSpecificationResult(file));
    return isKnown ? sorted : sorted.sort((a, b) => placeOf(a) - placeOf(b));
  }
}
