import { AppError } from '../domain/errors.ts';
import type { Reader } from '../domain/ports/store.ts';

/** True while the tenant's installation is enabled: only then is anything read or written for it. */
export const isEnabled = (reader: Pick<Reader, 'list'>): boolean =>
  reader.list('installation').some(({ state }) => state === 'enabled');

/** Asked where work under way is about to go on. Throws `access.disabled`. */
export function requireEnabled(reader: Pick<Reader, 'list'>): void {
  if (!isEnabled(reader)) throw new AppError('access.disabled');
}
