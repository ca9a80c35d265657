import { expect, test } from 'vitest';
import { createSessionReplay } from '../../server/access/replay.ts';

test('an app that started with a clock ahead lets people in once it is set right', () => {
  let nowMs = Date.parse('2026-11-24T10:00:00Z');
  const replay = createSessionReplay({
    clock: { nowMs: () => nowMs, waitUntil: async () => undefined },
  });
  const issued = (jti: string) => {
    const iat = Math.floor(nowMs / 1000);
    return { iss: 'https://marketplace.example', jti, iat, exp: iat + 60 };
  };
  nowMs -= 25 * 3_600_000;
  const early = issued('early');
  nowMs += 5_000;
  expect(replay.use(early), 'nobody knows whether it was used before the start').toBe(false);
  const onItsWay = issued('now');
  nowMs += 1_000;
  expect(replay.use(onItsWay)).toBe(true);
  expect(replay.use(onItsWay), 'twice').toBe(false);
});
