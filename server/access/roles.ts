import type { Role } from '../domain/tenant.ts';
import { roles } from '../domain/tenant.ts';
import type { MarketplaceEntry } from './marketplaces.ts';

/** The highest of a person's roles that the operator's map knows (R11); null is no access. */
export function roleOf(
  entry: Pick<MarketplaceEntry, 'roleMap'>,
  words: readonly string[],
): Role | null {
  const known = words.flatMap((word) =>
    Object.hasOwn(entry.roleMap, word) ? (entry.roleMap[word] ?? []) : [],
  );
  return roles.findLast((role) => known.includes(role)) ?? null;
}
