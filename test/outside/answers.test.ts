import { describe, expect, test } from 'vitest';
import { autotask, connectWise, keyServer, simpleApi, xero } from './parties.ts';
import { askWrongly } from './party.ts';

/** Far fewer would mean that the honest answers were not understood. */
const wrongsMin = 50;

describe.each([
  ['a key server', keyServer],
  ['SimpleAPI', simpleApi],
  ['Xero', xero],
  ['Autotask', autotask],
  ['ConnectWise', connectWise],
])('what %s answers, with one thing wrong at a time', async (_name, open) => {
  const party = await open();
  const seen = new Set<string>();
  let asked = 0;

  test.each(Object.entries(party.questions))(
    'T38, T39, V2.2.1: %s: what is wrong is told with a code or left out; nothing leaks, hangs or leads elsewhere',
    async (_question, ask) => {
      asked += await askWrongly(party, ask, seen);
      expect(asked).toBeGreaterThan(wrongsMin);
    },
  );
});
