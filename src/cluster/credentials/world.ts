import type { Clock, Environment, Log, Secrets } from '../../model/world.ts';

/** The world, as far as credentials touch it. */
export interface CredentialWorld {
  readonly environment: Environment;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly log: Log;
}
