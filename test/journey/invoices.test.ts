import { expect } from 'vitest';
import { marksIn } from '../kit/xero-lines.ts';
import { expectToTheCent, journey } from './journey.ts';

for (const invoice of ['per-order', 'existing', 'monthly'] as const)
  journey(
    `from install to correct invoices: ${invoice}`,
    { settings: { invoice } },
    async (ready) => {
      const run = await ready.syncAll();
      expect(run?.parts.map(({ state }) => state)).toEqual(run?.parts.map(() => 'written'));
      expect(await ready.tasks('needs')).toEqual([]);
      expect(await ready.tasks('ready')).toEqual([]);
      await expectToTheCent(ready);
      const marks = marksIn(ready);
      expect(new Set(marks).size).toBe(marks.length);
      expect(await ready.syncAll()).toBeNull();
    },
  );
