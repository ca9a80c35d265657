import * as v from 'valibot';
import { type Marker, markerSchema, type TenantId } from '../domain/ids.ts';
import { type Portion, wholePortion } from '../domain/link.ts';
import type { Crypto } from '../domain/ports/machine.ts';

/**
 * Marks are made from what a line or document is, never from our own records' ids: after a
 * reconnect or a new install the same charge gives the same mark, and what is there is recognised.
 */
export interface MarkScope {
  tenantId: TenantId;
  accountId: string;
}

/** Crockford's base 32 has no letters that a person could mistake for another. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const lineLength = 16;
const documentLength = 11;
const usersLength = 12;
const purposeLetters = { order: 'P', running: 'R', month: 'M', yearly: 'Y', credit: 'C' } as const;
export type Purpose = keyof typeof purposeLetters;

export function lineMarker(
  crypto: Pick<Crypto, 'hash'>,
  scope: MarkScope,
  chargeKey: string,
  portion: Portion,
): Marker {
  const parts = [
    scope.tenantId,
    scope.accountId,
    chargeKey,
    portion.instalment,
    portion.generation,
    portion.sign,
  ];
  return v.parse(markerSchema, `LP${code(crypto.hash(parts.join('\n')), lineLength)}`);
}

/** The mark of the line that stays open for a subscription's product, whichever order changes it. */
export const openMarker = (
  crypto: Pick<Crypto, 'hash'>,
  scope: MarkScope,
  of: {
    subscriptionId: string | null;
    orderId: string;
    productKey: string | null;
    chargeKey: string;
  },
): Marker =>
  lineMarker(
    crypto,
    scope,
    `open ${of.subscriptionId ?? of.orderId} ${of.productKey ?? of.chargeKey}`,
    wholePortion,
  );

/** A document's mark follows from the first line it was opened for, and tells what it is for. */
export function documentMarker(
  crypto: Pick<Crypto, 'hash'>,
  firstLine: Marker,
  purpose: Purpose,
): Marker {
  return v.parse(
    markerSchema,
    `LD${purposeLetters[purpose]}${code(crypto.hash(`document\n${purpose}\n${firstLine}`), documentLength)}`,
  );
}

/** The mark of the lists of users on a document; it names nobody. */
export const usersMarker = (
  crypto: Pick<Crypto, 'hash'>,
  { tenantId, accountId }: MarkScope,
  documentId: string,
): string =>
  `LU${code(crypto.hash(`users\n${tenantId}\n${accountId}\n${documentId}`), usersLength)}`;

/** What a document with this mark was opened for; null on a mark of another make. */
export function purposeOf(marker: string): Purpose | null {
  const letter = marker.charAt(2);
  for (const [purpose, own] of Object.entries(purposeLetters))
    if (own === letter && isPurpose(purpose)) return purpose;
  return null;
}

export const withLineMark = (text: string, marker: Marker): string => `${text}\n[${marker}]`;
export const withoutLineMark = (text: string): string =>
  text.replace(/\n?\[LP[0-9A-HJKMNP-TV-Z]{16}\]\s*$/, '');
export const withDocumentMark = (reference: string, marker: Marker): string =>
  reference === '' ? marker : `${reference} ${marker}`;

/** The first bits of a hash in the alphabet, five bits a letter. */
function code(hexHash: string, length: number): string {
  let bits = BigInt(`0x${hexHash}`) >> BigInt(256 - 5 * length);
  let text = '';
  for (let place = 0; place < length; place += 1) {
    text = alphabet.charAt(Number(bits & 31n)) + text;
    bits >>= 5n;
  }
  return text;
}

const isPurpose = (text: string): text is Purpose => text in purposeLetters;
