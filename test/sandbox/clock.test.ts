import { describe, expect, it } from 'vitest';
import { createSandboxClock } from './clock.ts';

describe('the sandbox clock', () => {
  it('frozen, moves only when it is moved', () => {
    const clock = createSandboxClock({ startMs: 1_000, frozen: true });
    expect(clock.nowMs()).toBe(1_000);
    clock.advance({ ms: 5, days: 1 });
    expect(clock.nowMs()).toBe(86_401_005);
  });

  it('otherwise flows with real time on top of its offset', () => {
    let realMs = 50_000;
    const clock = createSandboxClock({ startMs: 1_000_000, realNowMs: () => realMs });
    realMs += 7;
    expect(clock.nowMs()).toBe(1_000_007);
    expect(clock.offsetMs()).toBe(950_000);
  });

  it('clamps a month to the last day of a short one', () => {
    const clock = createSandboxClock({ startMs: Date.parse('2027-01-31T10:00:00Z'), frozen: true });
    clock.advance({ months: 1 });
    expect(new Date(clock.nowMs()).toISOString()).toBe('2027-02-28T10:00:00.000Z');
  });

  it('tells of each jump until nobody listens', () => {
    const clock = createSandboxClock({ startMs: 0, frozen: true });
    let jumps = 0;
    const end = clock.onJump(() => {
      jumps += 1;
    });
    clock.advance({ days: 1 });
    clock.set(0);
    end();
    clock.advance({ days: 1 });
    expect(jumps).toBe(2);
  });

  it('never goes back by advancing', () => {
    expect(() => createSandboxClock().advance({ days: -1 })).toThrow(RangeError);
  });
});
