import { expect } from 'vitest';
import { csvTextMax } from '../../server/http/bodies.ts';
import { journey } from './journey.ts';

const key = 'POST /v1/connections/:connectionId/mappings/:kind/csv' as const;

journey(
  'V5.2.1, V5.2.2: a file of mappings that is too large, or not of its columns, changes nothing',
  {},
  async ({ road, params: { connectionId } }) => {
    const params = { connectionId, kind: 'customers' };
    const send = (text: string) => road.call(key, { params, body: { text, apply: true } });
    await expect(send('x'.repeat(csvTextMax + 1))).rejects.toThrow(/request\.(invalid|too-large)/);
    await expect(send('x'.repeat(csvTextMax * 3))).rejects.toThrow(/request\.too-large/);
    for (const text of ['', 'PK\u0003\u0004\u0000', '%PDF-1.7', '<html>', 'Customer id,Name\n1,x'])
      await expect(send(text)).rejects.toThrow(/request\.invalid/);
    const head = 'Customer id,Customer,Contact id,Contact';
    const { invalid, applied } = await send(`${head}\n../../x,x,=cmd|' /C calc'!A0,x`);
    expect([invalid, applied]).toEqual([1, false]);
  },
);
