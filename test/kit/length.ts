/** How long a battery with a choice of length runs: `npm test`, or `npm run test:long`. */
export const isLong = process.env.LONG !== undefined;
const longTimes = 20;

const secondsOf = (text: string | undefined): number | null =>
  text === undefined || !(Number(text) > 0) ? null : Number(text);
/** `--budget`: what each battery may take at most, in seconds; null where nobody said. */
export const budgetSeconds: number | null = secondsOf(process.env.BUDGET_SECONDS);

/** Options of a property test: so many runs, or many more of them, and never past the budget. */
export const runs = (
  short: number,
): { numRuns: number; interruptAfterTimeLimit?: number; markInterruptAsFailure: false } => ({
  numRuns: isLong ? short * longTimes : short,
  ...(budgetSeconds === null ? {} : { interruptAfterTimeLimit: budgetSeconds * 1000 }),
  markInterruptAsFailure: false,
});
