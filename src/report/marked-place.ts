import type { Place } from '../model/place.ts';

/** A spot in a file of the repository, which is a path from its root with `/`. */
export interface MarkedPlace {
  readonly file: string;
  readonly line: number;
  readonly column?: number | undefined;
}

/** Whether `file` is a path from the repository's root, as against one that leads outside. */
export function isInRepository(file: string): boolean {
  // `<stdin>` is not a file.
  return file !== '' && !/^[/<]/.test(file) && !file.startsWith('../') && !/^[A-Za-z]:|\\/.test(file);
}

/** The spot that a person would edit: the chart's template rather than what Helm made of it. Nothing outside the repository. */
export function markedPlace(place: Place | undefined): MarkedPlace | undefined {
  if (place?.kind !== 'file' || place.repository !== undefined) return undefined;
  if (place.template !== undefined) return { file: place.template, line: 1 };
  if (!isInRepository(place.file)) return undefined;
  return { file: place.file, line: place.line, column: place.column };
}

/** A path as the relative part of an address. */
export function encodePath(path: string): string {
  return path.toWellFormed().split('/').map(encodeURIComponent).join('/');
}
