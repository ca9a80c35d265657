import { createHash } from 'node:crypto';
import type { Crypto, Logger } from '../../server/domain/ports/machine.ts';

/** Real hashes, and bytes that are the same in every run. */
export const testCrypto: Crypto = {
  hash: (text) => createHash('sha256').update(text).digest('hex'),
  randomBytes: (length) => Uint8Array.from({ length }, (_, index) => index % 251),
};

export const silentLogger: Logger = { info: () => {}, warn: () => {}, error: () => {} };
