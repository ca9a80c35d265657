import * as v from 'valibot';
import { momentOf } from '../calendar.ts';
import type { SandboxClock } from '../clock.ts';
import { CLOCK_STEP_DAYS_MAX, CLOCK_STEP_MONTHS_MAX } from '../limits.ts';

const step = (max: number) => v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(max)));
export const ClockCommand = v.strictObject({
  advanceDays: step(CLOCK_STEP_DAYS_MAX),
  advanceMonths: step(CLOCK_STEP_MONTHS_MAX),
  advanceMs: step(CLOCK_STEP_DAYS_MAX * 86_400_000),
  set: v.exactOptional(v.pipe(v.string(), v.isoTimestamp())),
});

export function readClock(clock: SandboxClock): { now: string; nowMs: number; offsetMs: number } {
  const nowMs = clock.nowMs();
  return { now: momentOf(nowMs), nowMs, offsetMs: clock.offsetMs() };
}

export function moveClock(clock: SandboxClock, command: v.InferOutput<typeof ClockCommand>): void {
  if (command.set !== undefined) clock.set(Date.parse(command.set));
  const { advanceDays: days = 0, advanceMonths: months = 0, advanceMs: ms = 0 } = command;
  if (days + months + ms > 0) clock.advance({ days, months, ms });
}
