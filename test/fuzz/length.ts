import { budgetSeconds, isLong } from '../kit/length.ts';

const longRuns = 10_000;

/** So many inputs in `npm test`, 10,000 in `npm run test:long`, and never past a budget. */
export const inputs = (short: number) => ({
  numRuns: isLong ? longRuns : short,
  ...(budgetSeconds === null ? {} : { interruptAfterTimeLimit: budgetSeconds * 1000 }),
  markInterruptAsFailure: false,
});

/** No input may keep an answer longer, on a machine that does other work as well. */
export const answerMaxMs = 5_000;
