/** A house of the sample season takes no facts of anybody's own. */
import { Fault } from '../../core/faults.ts';
import type { House } from '../../warehouse/house.ts';

/** Throws `Fault('sample_house')`. */
export function refuseSample(house: House): void {
  if (house.is_sample)
    throw new Fault(
      'sample_house',
      'this house holds the sample season; open an empty one with: npm start -- --empty',
    );
}
