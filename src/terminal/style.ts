import { styleText } from 'node:util';

/** Colours lines of the log by what they say; without colour they stay as they are. */
export type Paint = (line: string) => string;

/** Whether to use colour. @see https://no-color.org, https://force-color.org */
export function wantsColour(variables: Readonly<Record<string, string | undefined>>, isTerminal: boolean): boolean {
  const force = variables['FORCE_COLOR'];
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false';
  if (variables['NO_COLOR'] !== undefined && variables['NO_COLOR'] !== '') return false;
  return isTerminal && variables['TERM'] !== 'dumb';
}

const COLOUR_OF_SIGN = {
  '✓': 'green',
  '+': 'green',
  '✗': 'red',
  '?': 'yellow',
  '!': 'yellow',
  '~': 'gray',
  '→': 'cyan',
} as const;

/** Paints the sign that begins a line, and a line without one, a title, in bold. */
export function painter(colour: boolean): Paint {
  if (!colour) return (line) => line;
  return (line) => {
    const [, indent = '', sign = '', rest = ''] = /^( *)([✓+✗?!~→])( .*)$/s.exec(line) ?? [];
    if (sign !== '') {
      const painted = styleText(COLOUR_OF_SIGN[sign as keyof typeof COLOUR_OF_SIGN], sign, { validateStream: false });
      return `${indent}${painted}${rest}`;
    }
    return line === '' || line.startsWith(' ') ? line : styleText('bold', line, { validateStream: false });
  };
}
