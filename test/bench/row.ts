/** One figure of `npm run bench`; `budgetMax` where the issue names the most it may be. */
export interface Row {
  name: string;
  value: number;
  unit: string;
  budgetMax: number | null;
}

export const row = (
  name: string,
  value: number,
  unit: string,
  budgetMax: number | null = null,
): Row => ({ name, value, unit, budgetMax });

/** Median and 99th percentile of durations; `p99MaxMs` where the latter has a budget. */
export function quantiles(
  name: string,
  tookMs: readonly number[],
  p99MaxMs: number | null = null,
): Row[] {
  const sorted = tookMs.toSorted((a, b) => a - b);
  const at = (share: number) => rounded(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
  return [row(`${name}, p50`, at(0.5), 'ms'), row(`${name}, p99`, at(0.99), 'ms', p99MaxMs)];
}

/** How long each round of the work took. */
export async function timed(rounds: number, work: (round: number) => unknown): Promise<number[]> {
  const tookMs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const startedMs = performance.now();
    await work(round);
    tookMs.push(performance.now() - startedMs);
  }
  return tookMs;
}

export const rounded = (value: number): number => Math.round(value * 100) / 100;
