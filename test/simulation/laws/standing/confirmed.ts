import * as v from 'valibot';
import type { LogEntry } from '../../../../server/domain/log-entry.ts';
import { runsKeptMax } from '../../../../server/sync/run.ts';
import type { Shown } from '../../bill.ts';
import type { Law } from '../law.ts';
import { booksOf } from './once.ts';

/** What a person confirmed is what was written, whole. */
export const standingConfirmedLaws: readonly Law[] = [
  {
    name: 'confirmed-is-written',
    broken: (evidence) => {
      const plans = plansByMark(wholePlans(loggedPlans(evidence.log)));
      // A person looks up what became of it; it is logged when they say so.
      const unclear = new Set<string>(
        evidence.reader
          .list('intent')
          .flatMap(({ state, element }) => (state === 'unclear' ? element.lineMarkers : [])),
      );
      return booksOf(evidence)
        .lines()
        .flatMap(({ mark, byApp, key, isOnce, first }): string[] => {
          if (mark === null || !byApp || unclear.has(mark)) return [];
          const told = `${mark} (${key})`;
          const plan = plans.get(mark);
          if (plan === undefined) return [`${told}: no log entry has its plan`];
          const line = plan.lines.find(({ marker }) => marker === mark);
          if (line !== undefined && isOnce && !isLike(line.content, first))
            return [
              `${told}: ${first.quantity} x ${first.unitPrice}, planned was ${line.content.quantity} x ${line.content.unitPrice}`,
            ];
          const isReversal = plan.lines.some(({ portion }) => portion.sign === -1);
          if (plan.actor !== 'user' || isReversal) return [];
          const shown = evidence.business.confirmed.get(plan.fingerprint);
          return shown === undefined
            ? [`${told}: nobody confirmed ${plan.fingerprint}`]
            : differences(shown, plan).map((text) => `${told}: ${text}`);
        });
    },
  },
  {
    name: 'group-is-whole',
    broken: (evidence) => {
      const made = new Set(
        booksOf(evidence)
          .lines()
          .flatMap(({ mark, byApp }) => (mark === null || !byApp ? [] : [mark])),
      );
      const own = loggedPlans(evidence.log).filter(
        ({ connectionId }) => connectionId === evidence.business.connectionId,
      );
      return own.flatMap(({ ref, lines }) => {
        const marks = lines.map(({ marker }) => marker);
        const lacking = marks.filter((mark) => !made.has(mark));
        return lacking.length === 0
          ? []
          : [`${ref}: ${lacking.length} of ${marks.length} lines were never made`];
      });
    },
  },
  {
    name: 'run-tells-the-truth',
    broken: ({ reader, business: { confirmed } }) => {
      const runs = reader.list('run').filter(({ kind }) => kind === 'manual');
      const links = Map.groupBy(reader.list('link'), ({ runId }) => runId);
      return runs.flatMap(({ id, parts }): string[] => {
        const unseen = parts.filter(({ seen }) => !confirmed.has(seen));
        const written = parts.filter(({ state }) => state === 'written');
        const wanted = written.reduce(
          (sum, { seen }) => sum + (confirmed.get(seen)?.lines.length ?? 0),
          0,
        );
        const there = links.get(id)?.length ?? 0;
        return [
          ...unseen.map(({ ref }) => `run ${id} has ${ref}, which nobody confirmed`),
          ...(there === wanted || runs.length >= runsKeptMax
            ? []
            : [`run ${id} says ${wanted} lines were written, ${there} were`]),
        ];
      });
    },
  },
];

const contentSchema = v.object({
  description: v.string(),
  quantity: v.string(),
  unitPrice: v.string(),
});
const planSchema = v.object({
  ref: v.string(),
  connectionId: v.string(),
  fingerprint: v.string(),
  lines: v.array(
    v.object({
      chargeKey: v.string(),
      marker: v.string(),
      content: contentSchema,
      portion: v.object({ sign: v.picklist([1, -1]) }),
      sets: v.optional(v.object({ marker: v.string() })),
    }),
  ),
});
const detailsSchema = v.object({ plan: planSchema });
type LoggedPlan = v.InferOutput<typeof planSchema> & { actor: string };
const writes: readonly LogEntry['action'][] = ['written', 'changed', 'undone', 'recovered'];

/** The plans that the Action log calls written. */
const loggedPlans = (log: readonly LogEntry[]): LoggedPlan[] =>
  log.flatMap(({ action, actor, details }) => {
    const found = v.safeParse(detailsSchema, details);
    return found.success && writes.includes(action)
      ? [{ ...found.output.plan, actor: actor.kind }]
      : [];
  });

/** An entry tells a line of its own; what was confirmed with it stands in the others of its plan. */
function wholePlans(plans: readonly LoggedPlan[]): LoggedPlan[] {
  const parts = Map.groupBy(plans, ({ fingerprint }) => fingerprint);
  return plans.map((plan) => {
    const lines = (parts.get(plan.fingerprint) ?? []).flatMap((part) => part.lines);
    // Several charges may be steps of one open line, whose mark they share.
    const byCharge = new Map(lines.map((line) => [`${line.chargeKey} ${line.marker}`, line]));
    return { ...plan, lines: [...byCharge.values()] };
  });
}

/** By the mark of each line and of each open line that one of them changes; the first that has it brought it in. */
function plansByMark(plans: readonly LoggedPlan[]): Map<string, LoggedPlan> {
  const found = new Map<string, LoggedPlan>();
  // The newest entry of the log comes first.
  for (const plan of plans)
    for (const { marker, sets } of plan.lines) {
      found.set(marker, plan);
      if (sets !== undefined) found.set(sets.marker, plan);
    }
  return found;
}

const isLike = (
  { quantity, unitPrice }: v.InferOutput<typeof contentSchema>,
  made: { quantity: number; unitPrice: number },
): boolean => Number(quantity) === made.quantity && Number(unitPrice) === made.unitPrice;

/** Where the plan that was written is not the one that was shown. */
function differences(shown: Shown, { lines }: LoggedPlan): string[] {
  const told = (line: v.InferOutput<typeof contentSchema>): string =>
    [
      line.description.replace(/\s*\[LP[0-9A-Z]{16}\]\s*$/, '').trim(),
      Number(line.quantity),
      Number(line.unitPrice),
    ].join(' | ');
  const confirmed = shown.lines.map(told).sort().join('\n');
  const written = lines
    .map(({ content }) => told(content))
    .sort()
    .join('\n');
  return confirmed === written ? [] : [`${written} was written, ${confirmed} was confirmed`];
}
