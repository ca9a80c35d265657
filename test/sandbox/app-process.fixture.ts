// Stands in for the app in the tests of its process: writes down each jump of the clock that it follows, and otherwise waits.
import { writeFileSync } from 'node:fs';
import { followedClock } from './followed-clock.ts';

if (process.env.FIXTURE_FAILS) process.exit(3);
const clock = followedClock(process);
const { FIXTURE_CLOCK_FILE: file } = process.env;
if (file) clock.onJump(() => writeFileSync(file, String(clock.nowMs())));
process.once('disconnect', () => process.exit(0));
process.once('SIGTERM', () => process.exit(0));
process.send?.({ type: 'ready', url: 'http://localhost:0' });
