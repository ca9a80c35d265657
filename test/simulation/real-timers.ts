/**
 * A time-out of the machine would decide by how fast it is, and keep a thread waiting for it: time is
 * the timeline's alone. Installed once for the process.
 */
export function refuseRealTimers(): void {
  for (const name of ['setTimeout', 'setInterval'] as const)
    Reflect.set(globalThis, name, () => {
      throw new Error(`the simulation has no ${name}: time is the timeline's`);
    });
}
