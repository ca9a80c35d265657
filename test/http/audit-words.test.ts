import { expect, test } from 'vitest';
import { auditEntrySchema } from '../../server/access/audit.ts';
import { AppError } from '../../server/domain/errors.ts';
import { reasonWords, routeWords } from '../../server/http/audit-texts.ts';
import { auditEntryView, auditSentence } from '../../server/http/present/audit.ts';
import { createAccessWorld } from '../kit/access-world.ts';
import { routeTable } from '../kit/route-table.ts';

const entry = (fact: object) => ({
  action: 'settings' as const,
  outcome: 'ok' as const,
  marketplaceId: null,
  tenantId: 'market:reseller-1',
  at: '2026-11-23T10:00:00.000Z',
  position: 1,
  previous: '',
  hash: '',
  ...fact,
});

test('V16.2.1: every route that the trail can name has words, and no other', () => {
  const named = routeTable().filter(
    ({ rule }) => rule.audit !== undefined || rule.role !== 'viewer',
  );
  expect(Object.keys(routeWords).sort()).toEqual(named.map(({ key }) => key).sort());
});

test('V16.2.1: no sentence of the trail shows a route, and no reason a word of the source', () => {
  for (const { key } of routeTable())
    if (key in routeWords)
      for (const action of auditEntrySchema.entries.action.options)
        expect(auditSentence({ action, outcome: 'ok', object: key })).not.toMatch(/\/v1|:\w/);
  const told = (reason: string) => auditEntryView(entry({ reason }), () => null).reason;
  for (const reason of [...Object.keys(reasonWords), 'connect.mismatch', 'system.reconnect'])
    expect(told(reason)).toMatch(/^[^.]*[a-z ]|\.$/);
  expect(told('connect.mismatch')).not.toContain('connect.mismatch');
});

test('an entry says what was done, by whom and why', () => {
  const nameOf = (actor: string) => (actor === 'user-1' ? 'Ada' : null);
  const told = (fact: object) => {
    const { sentence, actor, reason } = auditEntryView(entry(fact), nameOf);
    return [sentence, actor, reason];
  };
  const object = 'PUT /v1/connections/:connectionId/bill-from';
  expect(told({ object, actor: 'user-1' })).toEqual([
    'Changed: the first day that is billed',
    'Ada',
    null,
  ]);
  const refused = {
    action: 'role',
    outcome: 'refused',
    object,
    actor: 'user-2',
    reason: 'role viewer',
  };
  expect(told(refused)).toEqual([
    'Asked for without the right: the first day that is billed',
    'user-2',
    'may only look',
  ]);
  expect(told({ action: 'session', outcome: 'refused', reason: 'replay' })).toEqual([
    'Sign-in refused',
    null,
    'used a second time',
  ]);
});

test.each([
  ['access.grant', 'grant'],
  ['run.same-person', 'same-person'],
] as const)('V16.3.2: a refusal by %s stands in the trail', async (code, reason) => {
  const key = 'GET /v1/shell';
  const refusing = {
    ...{ key, method: 'GET', path: '/v1/shell', rule: { role: 'viewer' as const } },
    handle: () => Promise.reject(new AppError(code)),
  };
  const access = await createAccessWorld({ routes: [refusing] });
  await access.install();
  expect((await access.get('/v1/shell', await access.bearer())).status).toBe(403);
  expect(access.audited.at(-1)).toMatchObject({
    action: 'role',
    outcome: 'refused',
    object: key,
    actor: 'user-1',
    reason,
  });
});
