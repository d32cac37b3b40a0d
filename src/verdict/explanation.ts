import type { NearMisses } from './near-misses.ts';
import type { ServedApis } from './served-apis.ts';

/** In plain text. */
export interface Explanation {
  readonly found: string;
  /** What to do about it. */
  readonly advice?: string;
}

/** What explanations draw on. */
export interface Explaining {
  readonly served: ServedApis;
  readonly near: NearMisses;
}
