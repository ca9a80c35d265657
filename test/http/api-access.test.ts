import { expect, test } from 'vitest';
import { routeAccessBattery } from '../batteries/route-access.ts';
import { routeTable } from '../kit/route-table.ts';

const routes = routeTable();
routeAccessBattery('the /v1 table', routes);

test('V8.1.1: every route stands once, below /v1, and what changes something asks more than a viewer', () => {
  expect(new Set(routes.map(({ key }) => key)).size).toBe(routes.length);
  for (const { key, method, path, rule } of routes) {
    expect(key).toBe(`${method} ${path}`);
    expect(path).toMatch(/^\/v1\//);
    // A preview is asked for with a body, and changes nothing.
    const reads = method === 'GET' || path.endsWith('/preview');
    if (!reads) expect([key, rule.role]).not.toEqual([key, 'viewer']);
  }
});

test('T21, V6.8.4: what an administrator alone may change asks for a fresh sign-in', () => {
  const changing = routes.filter(({ method, rule }) => method !== 'GET' && rule.role === 'admin');
  const without = changing.filter(({ rule }) => rule.stepUp !== true).map(({ key }) => key);
  // Tries that store nothing, and the steps of a consent that was begun with a fresh one.
  expect(without).toEqual([
    'POST /v1/flows/:flowId/complete',
    'POST /v1/flows/:flowId/choose',
    'POST /v1/systems/:systemId/test',
    'POST /v1/connections/:connectionId/letters/test',
    'POST /v1/connections/:connectionId/mail/test',
  ]);
  expect(changing.length).toBeGreaterThan(10);
});

test('what asks for a fresh sign-in or leaves as a file is kept in the audit trail', () => {
  // These two say more than that they were done, and record it themselves.
  const own = ['POST /v1/flows', 'DELETE /v1/connections/:connectionId'];
  for (const { key, rule } of routes) {
    if (rule.csv) expect([key, rule.audit]).toEqual([key, 'export']);
    if (rule.stepUp && !own.includes(key)) expect([key, rule.audit]).not.toEqual([key, undefined]);
  }
});
