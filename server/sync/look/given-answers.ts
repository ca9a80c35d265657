import type { Decision } from '../../domain/decision.ts';
import type { Finding, FindingKind } from './looked.ts';

/**
 * `link`: it is this line, and it goes on as the marketplace says. `next-order`: it begins with its next
 * order, `newest-order` with its last one. `known`: a person has seen it and leaves it as it is.
 */
export type FoundAnswer = 'link' | 'next-order' | 'newest-order' | 'known';
/** What can be said here; a newest order is asked for among the opening questions. */
export type SaidAnswer = Exclude<FoundAnswer, 'newest-order'>;

/** What can be said to a finding: to one that cannot be linked as it stands, everything else of its kind. */
export const possibleAnswers = ({ kind, noLink }: Pick<Finding, 'kind' | 'noLink'>): SaidAnswer[] =>
  ofKind[kind].filter((answer) => answer !== 'link' || noLink === null);

const ofKind: Readonly<Record<FindingKind, readonly SaidAnswer[]>> = {
  unpaid: ['next-order', 'known'],
  cancelled: ['known'],
  quantity: ['link', 'known'],
  price: ['link', 'known'],
  'below-cost': ['link', 'known'],
  unsure: ['link', 'next-order', 'known'],
  exact: ['link'],
};

/** What a finding that was left is named by in its decision, with the figures it had. */
export const knownNeed = 'money-found';
export const seenOf = (id: string, seen: string): string => `${id} ${seen}`;

/**
 * What people said so far: to the opening question of the finding's subscriptions, or to the finding
 * itself. One that was left comes back as soon as its figures change.
 */
export function givenAnswers(
  decisions: readonly Decision[],
): (finding: Finding, seen: string) => FoundAnswer | null {
  const openings = new Map<string, FoundAnswer>();
  const known = new Set<string>();
  for (const { scope, value } of decisions) {
    if (value.kind === 'opening' && scope.kind === 'subscription')
      openings.set(scope.subscriptionId, value.answer);
    if (value.kind === 'accept' && value.need === knownNeed) known.add(value.seen);
  }
  return ({ id, held, kind }, seen) => {
    if (known.has(seenOf(id, seen))) return 'known';
    // That a subscription begins here in some way does not end the line of one that is over.
    if (kind === 'cancelled') return null;
    const given = held.map(({ subscriptionId }) => openings.get(subscriptionId) ?? null);
    return given.includes(null) ? null : (given[0] ?? null);
  };
}
