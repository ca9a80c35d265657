import type { Item } from './asvs.ts';
import { cell, type NamedTest, proofsOf } from './named-tests.ts';

/** The items that apply, each with the tests that fail without it. */
export function asvsTable(items: readonly Item[], tests: readonly NamedTest[]): string {
  const rows = items
    .filter(({ what }) => what !== null)
    .map(
      ({ id, what }) =>
        `| ${id} | ${cell(what ?? '')} | ${proofsOf(tests.filter(({ row }) => row === id))} |`,
    );
  return ['| item | what it asks, in our words | tests |', '| --- | --- | --- |', ...rows].join(
    '\n',
  );
}

/** The items that do not apply, those of one reason together. */
export function absentTable(items: readonly Item[]): string {
  const absent = items.filter(({ what }) => what === null);
  const reasons = [...new Set(absent.map(({ reason }) => reason ?? ''))];
  const rows = reasons.map((reason) => {
    const ids = absent.filter((item) => item.reason === reason).map(({ id }) => id);
    return `| ${ids.join(', ')} | ${cell(reason)} |`;
  });
  return ['| items | why not |', '| --- | --- |', ...rows].join('\n');
}
