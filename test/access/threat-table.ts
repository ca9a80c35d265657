import { cell, type NamedTest, proofsOf } from './named-tests.ts';
import type { Threat } from './threats.ts';

/** The table of the README: each threat, what stops it, and the tests that fail without it. */
export function threatTable(threats: readonly Threat[], tests: readonly NamedTest[]): string {
  const rows = threats.map(({ id, threat, check, where, browser }) => {
    const proofs = proofsOf(tests.filter(({ row }) => row === id));
    const engines = browser ? 'Chromium; Firefox and WebKit: not run' : 'no engine';
    return `| ${id} | ${cell(threat)} | ${cell(check)} (${where.map((file) => `\`${file}\``).join(', ')}) | ${engines} | ${proofs} |`;
  });
  return [
    '| row | threat | what stops it | browser | tests |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
