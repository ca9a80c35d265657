import type { SalesDocument } from '../state.ts';
import type { Call } from './call.ts';

/** By its id, or by its number. */
export function findDocument(call: Call, kind: SalesDocument['kind']): SalesDocument | undefined {
  const wanted = call.ids[0] ?? '';
  const byId = call.organisation.documents.get(wanted.toLowerCase());
  if (byId?.kind === kind) return byId;
  return [...call.organisation.documents.values()].find(
    (one) => one.kind === kind && one.number === wanted,
  );
}
