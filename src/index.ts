/** The action's entry: fills in the world and sets the exit code. */
import * as core from '@actions/core';
import { openActionsStore } from './cache/actions-store.ts';
import { runGate } from './gate.ts';
import { toGateError } from './model/errors.ts';
import { publish, publishError } from './report/publish.ts';
import { systemClock, systemEnvironment } from './system.ts';

// Red until a verdict says otherwise: a promise that never settles must not pass for success.
process.exitCode = 1;
