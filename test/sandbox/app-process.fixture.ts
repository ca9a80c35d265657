// Stands in for the app in the tests of its process: tells the clock that it follows, and otherwise waits.
import { followedClock } from './followed-clock.ts';

if (process.env.FIXTURE_FAILS) process.exit(3);
const clock = followedClock(process);
const tell = () => process.send?.({ type: 'now', nowMs: clock.nowMs() });
clock.onJump(tell);
process.once('disconnect', () => process.exit(0));
process.once('SIGTERM', () => process.exit(0));
process.send?.({ type: 'ready', url: 'http://localhost:0' });
