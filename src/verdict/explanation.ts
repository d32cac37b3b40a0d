import type { Change } from './change.ts';
import type { NearMisses } from './near-misses.ts';
import type { ServedApis } from './served-apis.ts';

/** In plain text. */
export interface Explanation {
  readonly found: string;
  /** What to do about it. */
  readonly advice?: string | undefined;
}

/** What explanations draw on. */
export interface Explaining {
  readonly change: Change;
  /** What the cluster serves once the change is applied. */
  readonly served: ServedApis;
  readonly near: NearMisses;
  /** Whether what is asked for stands in a file, which can be left out. */
  readonly fromFile?: boolean | undefined;
}
