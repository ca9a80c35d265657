import { cell, type NamedTest } from './named-tests.ts';
import type { Threat } from './threats.ts';

/** The table of the README: each threat, what stops it, and the tests that fail without it. */
export function threatTable(threats: readonly Threat[], tests: readonly NamedTest[]): string {
  const rows = threats.map(({ id, threat, check, where, browser }) => {
    const own = tests.filter(({ row }) => row === id);
    const files = [...new Set(own.map(({ file }) => file))];
    const proofs = files.map((file) => {
      const names = own.filter((each) => each.file === file).map(({ name }) => cell(name));
      return `\`${file}\`: ${names.join('; ')}`;
    });
    const engines = browser ? 'Chromium; Firefox and WebKit: not run' : 'no engine';
    return `| ${id} | ${cell(threat)} | ${cell(check)} (${where.map((file) => `\`${file}\``).join(', ')}) | ${engines} | ${proofs.join('<br>')} |`;
  });
  return [
    '| row | threat | what stops it | browser | tests |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
