import type { ParameterPlace } from '../parameters/parameters-of.ts';
import type { HardBound, LargestAccount } from '../search/hard-bound.ts';
import type { Found } from '../search/found.ts';
import type { Measured } from '../search/measured.ts';
import type { Study, Swept } from '../study/study.ts';
import type { AdviceMissing } from './advice.ts';

/** All that an advice is put together from. */
export interface Assembly {
  readonly study: Study;
  readonly swept: Swept;
  readonly place: ParameterPlace;
  readonly measured: Measured;
  readonly largest: LargestAccount | undefined;
  readonly bound: HardBound | undefined;
  /** Of caps: units in use. */
  readonly usedUnits: number | undefined;
  readonly missing?: readonly AdviceMissing[];
  /** See `OutOfReach`. */
  readonly instead?: Found | undefined;
}
