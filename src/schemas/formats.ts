import { compareReleases, parseRelease, type Release } from '../model/release.ts';
import { isDate, isGoDuration } from './go-time.ts';

const { isIPv6 } = process.getBuiltinModule('node:net');

type Check = (text: string) => boolean;

const SHADE = '\\s*(?:0|[1-9][0-9]?|1[0-9][0-9]?|2[0-4][0-9]|25[0-5])\\s*';
const RGB_COLOR = new RegExp(`^rgb\\(${SHADE},${SHADE},${SHADE}\\)$`);

/**
 * The string formats that the API server holds custom resources to. Of `uri` and `email` only what no reading lets pass is refused, and of the check digits of `isbn`
 * and `creditcard` nothing.
 * @see apiextensions-apiserver pkg/apiserver/validation/formats.go supportedVersionedFormats
 * @see kube-openapi pkg/validation/strfmt
 */
const FORMATS: Readonly<Record<string, Check>> = {
  bsonobjectid: matches(/^[0-9a-fA-F]{24}$/),
  uri: (text) => !/[\0-\x1f\x7f]/.test(text) && (text === '*' || /^(?:\/|[A-Za-z][A-Za-z0-9+.-]*:)/.test(text)),
  email: (text) => text.includes('@'),
  hostname: isHostname,
  ipv4: (text) => isIPv4(text) || (text.includes('.') && isPlainIPv6(text)),
  ipv6: isPlainIPv6,
  cidr: isCidr,
  mac: matches(
    /^(?:[0-9a-fA-F]{2}([:-])(?:[0-9a-fA-F]{2}\1){4}(?:[0-9a-fA-F]{2}\1[0-9a-fA-F]{2}\1)?(?:(?:[0-9a-fA-F]{2}\1){12})?[0-9a-fA-F]{2}|(?:[0-9a-fA-F]{4}\.){2}(?:[0-9a-fA-F]{4}\.)?(?:(?:[0-9a-fA-F]{4}\.){7})?[0-9a-fA-F]{4})$/,
  ),
  uuid: matches(/^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i),
  uuid3: matches(/^[0-9a-f]{8}-?[0-9a-f]{4}-?3[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i),
  uuid4: matches(/^[0-9a-f]{8}-?[0-9a-f]{4}-?4[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$/i),
  uuid5: matches(/^[0-9a-f]{8}-?[0-9a-f]{4}-?5[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$/i),
  isbn: anything,
  isbn10: anything,
  isbn13: anything,
  creditcard: anything,
  ssn: (text) => text.length === 11 && /^[0-9]{3}[- ]?[0-9]{2}[- ]?[0-9]{4}$/.test(text),
  hexcolor: matches(/^#?(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/),
  rgbcolor: matches(RGB_COLOR),
  byte: (text) => text !== '' && isBase64(text),
  password: anything,
  date: isDate,
  duration: isDuration,
  datetime: isDateTime,
};

/** Formats that came later, by the release from which on they are held to. */
const LATER: Readonly<Record<string, { readonly since: string; readonly check: Check }>> = {
  k8sshortname: { since: '1.34', check: (text) => text.length <= 63 && SHORT_NAME.test(text) },
  k8slongname: { since: '1.34', check: (text) => text.length <= 253 && LONG_NAME.test(text) },
};
const SHORT_NAME = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const LONG_NAME = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

/**
 * The check behind a format of text in a custom resource; `undefined` for one that this release passes over.
 *
 * @param release of the server; one that is not known holds to what all do
 */
export function formatCheck(format: string, release: Release | undefined): Check | undefined {
  const name = format.replaceAll('-', '');
  if (Object.hasOwn(FORMATS, name)) return FORMATS[name];
  const later = Object.hasOwn(LATER, name) ? LATER[name] : undefined;
  return later !== undefined && hasReached(release, later.since) ? later.check : undefined;
}

/** Whether a release is known, and is `since` or newer. */
export function hasReached(release: Release | undefined, since: string): boolean {
  const from = parseRelease(since);
  return release !== undefined && from !== undefined && compareReleases(release, from) >= 0;
}

/** Base64 with padding, and without line breaks. */
export function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

function matches(pattern: RegExp): Check {
  return (text) => pattern.test(text);
}

function anything(): boolean {
  return true;
}

/** @see kube-openapi pkg/validation/strfmt/default.go HostnamePattern: a single label may have a hyphen in its second place only */
function isHostname(text: string): boolean {
  if (Buffer.byteLength(text) > 255) return false;
  if (/^[a-zA-Z0-9\p{S}\p{L}]-?[a-zA-Z0-9\p{S}\p{L}]{0,62}$/u.test(text)) {
    return Buffer.byteLength(text) <= 63;
  }
  const labels = text.split('.');
  const last = labels.pop() ?? '';
  return (
    labels.length > 0 &&
    /^[a-zA-Z\p{L}]{2,63}$/u.test(last) &&
    labels.every((label) =>
      /^[a-zA-Z0-9\p{S}\p{L}](?:[a-zA-Z0-9\-\p{S}\p{L}]{0,61}[a-zA-Z0-9\p{S}\p{L}])?$/u.test(label),
    ) &&
    [...labels, last].every((label) => Buffer.byteLength(label) <= 63)
  );
}

/** Leading zeros are let pass, as Go did before 1.17. @see k8s.io/utils net ParseIPSloppy */
function isIPv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^[0-9]+$/.test(part) && Number(part) <= 255);
}

function isPlainIPv6(text: string): boolean {
  return !text.includes('%') && isIPv6(text);
}

function isCidr(text: string): boolean {
  const slash = text.indexOf('/');
  if (slash < 0) return false;
  const [address, bits] = [text.slice(0, slash), text.slice(slash + 1)];
  if (!/^[0-9]+$/.test(bits)) return false;
  if (isIPv4(address)) return Number(bits) <= 32;
  return isPlainIPv6(address) && Number(bits) <= 128;
}

const UNITS = ['ns', 'us', 'µs', 'ms', 's', 'm', 'h', 'hr', 'd', 'w', 'wk'];
const LONG_UNITS = ['micro', 'nano', 'milli', 'sec', 'min', 'hour', 'day', 'week'];

/** @see kube-openapi pkg/validation/strfmt/duration.go ParseDuration: one part with a unit that is known is enough */
function isDuration(text: string): boolean {
  if (isGoDuration(text)) return true;
  return [...text.matchAll(/[0-9]+\s*([A-Za-zµ]+)/g)].some(([, unit = '']) => {
    const lower = unit.toLowerCase();
    return UNITS.includes(lower) || LONG_UNITS.some((long) => lower.startsWith(long));
  });
}

/** @see kube-openapi pkg/validation/strfmt/time.go IsDateTime */
function isDateTime(text: string): boolean {
  const [day = '', time] = text.toLowerCase().split('t');
  if (time === undefined || !isDate(day)) return false;
  const match = /^([0-9]{2}):([0-9]{2}):([0-9]{2})(?:.[0-9]+)?(?:z|[+-][0-9]{2}:[0-9]{2})$/.exec(time);
  if (match === null) return false;
  const [, hour = '', minute = '', second = ''] = match;
  return hour <= '23' && minute <= '59' && second <= '59';
}
