import type { Company } from '../../domain/company.ts';
import type { Customer } from '../../domain/customer.ts';
import type { Item } from '../../domain/item.ts';
import type { Product } from '../../domain/product.ts';

/** Below this a likeness is not worth a person's look. */
const scoreMinPercent = 85;

export type SuggestReason =
  | 'same-name'
  | 'same-name-normalized'
  | 'same-number'
  | 'same-code'
  | 'similar-name';
export interface Suggestion {
  targetId: string;
  targetName: string;
  scorePercent: number;
  reason: SuggestReason;
}

/** Legal forms and fillers that two systems write differently or leave out. */
const fillers = new Set([
  'pty',
  'ltd',
  'limited',
  'inc',
  'incorporated',
  'llc',
  'llp',
  'gmbh',
  'ag',
  'co',
  'corp',
  'corporation',
  'company',
  'the',
  'plc',
  'bv',
  'sa',
  'srl',
  'group',
  'holdings',
  'and',
]);

/** `Bright & Sons Pty. Ltd.` and `bright and sons limited` are the same company. */
export function normalizedName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/[^a-z0-9]+/g, ' ')
    .split(' ')
    .filter((word) => word !== '' && !fillers.has(word))
    .join(' ');
}

/** A finder over all live targets, indexed once; each look-up is by name, then by likeness. */
export function companyFinder(
  companies: readonly Company[],
): (customer: Customer) => Suggestion | null {
  const live = companies.filter(({ archived, mergedInto }) => !archived && mergedInto === null);
  const byNumber = new Map(
    live.flatMap((company) => (company.number === null ? [] : [[company.number, company]])),
  );
  const find = nameFinder(live);
  return ({ id, name }) => {
    const numbered = byNumber.get(id);
    return numbered === undefined
      ? find(name)
      : {
          targetId: numbered.id,
          targetName: numbered.name,
          scorePercent: 100,
          reason: 'same-number',
        };
  };
}

export function itemFinder(
  items: readonly Item[],
): (product: Pick<Product, 'name' | 'partNumber'>) => Suggestion | null {
  // A whole product recurs, so that what is billed once only is no place for it.
  const live = items.filter(({ archived, recurs }) => !archived && recurs !== false);
  const byCode = new Map(live.map((item) => [item.code.toLowerCase(), item]));
  const find = nameFinder(live);
  return ({ name, partNumber }) => {
    const coded = partNumber === null ? undefined : byCode.get(partNumber.toLowerCase());
    return coded === undefined
      ? find(name)
      : { targetId: coded.id, targetName: coded.name, scorePercent: 100, reason: 'same-code' };
  };
}

function nameFinder(
  targets: readonly { id: string; name: string }[],
): (name: string) => Suggestion | null {
  const byName = grouped(targets, ({ name }) => name.toLowerCase());
  const byNormalized = grouped(targets, ({ name }) => normalizedName(name));
  const pairs = targets.map((target) => ({
    target,
    bigrams: bigramsOf(normalizedName(target.name)),
  }));
  return (name) => {
    const same = only(byName.get(name.toLowerCase()));
    if (same !== null)
      return { targetId: same.id, targetName: same.name, scorePercent: 100, reason: 'same-name' };
    const normalized = normalizedName(name);
    const alike = normalized === '' ? null : only(byNormalized.get(normalized));
    if (alike !== null)
      return {
        targetId: alike.id,
        targetName: alike.name,
        scorePercent: 95,
        reason: 'same-name-normalized',
      };
    return mostSimilar(bigramsOf(normalized), pairs);
  };
}

/** Dice's coefficient over pairs of letters; two equally good targets are no suggestion. */
function mostSimilar(
  wanted: ReadonlySet<string>,
  pairs: readonly { target: { id: string; name: string }; bigrams: ReadonlySet<string> }[],
): Suggestion | null {
  let best: { target: { id: string; name: string }; score: number; tied: boolean } | null = null;
  for (const { target, bigrams } of pairs) {
    const shared = [...wanted].filter((bigram) => bigrams.has(bigram)).length;
    const score =
      wanted.size + bigrams.size === 0
        ? 0
        : Math.floor((200 * shared) / (wanted.size + bigrams.size));
    if (best === null || score > best.score) best = { target, score, tied: false };
    else if (score === best.score) best = { target: best.target, score: best.score, tied: true };
  }
  if (best === null || best.tied || best.score < scoreMinPercent) return null;
  return {
    targetId: best.target.id,
    targetName: best.target.name,
    scorePercent: Math.min(best.score, 94),
    reason: 'similar-name',
  };
}

const bigramsOf = (text: string): Set<string> =>
  new Set(
    Array.from({ length: Math.max(0, text.length - 1) }, (_, index) =>
      text.slice(index, index + 2),
    ),
  );
const only = <T>(list: readonly T[] | undefined): T | null =>
  list?.length === 1 ? (list[0] ?? null) : null;

function grouped<T>(list: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}
