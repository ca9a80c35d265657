import * as v from 'valibot';
import { type Marker, markerSchema } from '../../domain/ids.ts';

/**
 * Our marks in texts of a system. The engine makes them (`server/sync/markers.ts`): `LP` and 16
 * Crockford base32 characters for a line, `LD` and 12 for a document. Here they are only found.
 */
const atLineEnd = /\[(LP[0-9A-HJKMNP-TV-Z]{16})\]\s*$/;
const anywhere = /\b(LP[0-9A-HJKMNP-TV-Z]{16})\b/;
const inReference = /\b(LD[0-9A-HJKMNP-TV-Z]{12})\b/;

/** The fixed prefix of document marks, for a search that finds every document of ours. */
export const documentMarkPrefix = 'LD';

/** A line's mark: in square brackets at the very end of its description. */
export const lineMarkOf = (description: string): Marker | null =>
  marker(atLineEnd.exec(description));

/** A line's mark in a field that holds little else. */
export const lineMarkIn = (text: string): Marker | null => marker(anywhere.exec(text));

/** A document's mark: anywhere in its reference, whatever the reseller's template says around it. */
export const documentMarkOf = (reference: string): Marker | null =>
  marker(inReference.exec(reference));

function marker(match: RegExpExecArray | null): Marker | null {
  const text = match?.[1];
  return text === undefined ? null : v.parse(markerSchema, text);
}

/** A description without the mark, for systems that keep it in a field of its own. */
export const withoutLineMark = (description: string): string =>
  description.replace(atLineEnd, '').trimEnd();
