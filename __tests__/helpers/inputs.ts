import type { InputName } from '../../src/inputs/action-interface.ts';
import { type Inputs, openInputs } from '../../src/inputs/input-text.ts';
import { formatPlace, type Problem } from '../../src/model/place.ts';

export type GivenInputs = Readonly<Partial<Record<InputName, string>>>;

/** Reads as the runner does: an input that is not given is empty. */
export function readerOf(given: GivenInputs): (name: string) => string {
  const texts: Readonly<Record<string, string>> = given;
  return (name) => texts[name] ?? '';
}

export function inputsOf(given: GivenInputs): Inputs {
  return openInputs(readerOf(given));
}

/** `place: message → hint` */
export function described(problems: readonly Problem[]): readonly string[] {
  return problems.map(
    ({ place, message, hint }) => `${formatPlace(place)}: ${message}${hint === undefined ? '' : ` → ${hint}`}`,
  );
}
